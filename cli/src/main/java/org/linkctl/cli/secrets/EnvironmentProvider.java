package org.linkctl.cli.secrets;

import java.util.Locale;
import java.util.Map;

/** Variables of linkctl's own environment: {@code vpn/ab} is {@code LINKCTL_SECRET_VPN_AB}. */
final class EnvironmentProvider implements Provider {
    static final String PREFIX = "LINKCTL_SECRET_";

    private final Map<String, String> environment;
    private final FlatNames names;

    EnvironmentProvider(Map<String, String> environment, String prefix) {
        this.environment = environment;
        this.names =
                new FlatNames(name -> prefix + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
    }

    @Override
    public Lookup look(String name) {
        String variable = names.of(name);
        String text = environment.get(variable);
        if (text == null) return new Lookup.Absent("environment: " + variable + " is not set");
        return names.clash(name)
                .<Lookup>map(other -> new Lookup.Refused(
                        "environment: " + variable + " would be both '" + other + "' and '" + name + "'"))
                .orElseGet(() -> Provider.found(text, "environment: " + variable));
    }
}
