package org.linkctl.cli.secrets;

import java.nio.file.Path;
import java.util.Map;

/**
 * Credentials that systemd passes to a service (systemd.exec(5), LoadCredential=): files in $CREDENTIALS_DIRECTORY. A
 * credential's name has no slash, so {@code vpn/ab} is {@code vpn.ab}. systemd restricts access to them.
 */
final class CredentialsProvider implements Provider {
    private final String folder;
    private final FlatNames names = new FlatNames(name -> name.replace('/', '.'));

    CredentialsProvider(Map<String, String> environment) {
        this.folder = environment.getOrDefault("CREDENTIALS_DIRECTORY", "");
    }

    @Override
    public Lookup look(String name) {
        if (!folder.startsWith("/")) return new Lookup.Absent("credentials: CREDENTIALS_DIRECTORY is not set");
        Lookup found = SecretFile.read(Path.of(folder), names.of(name), SecretFile.Access.ANY, "credentials");
        if (found instanceof Lookup.Absent) return found;
        return names.clash(name)
                .<Lookup>map(other -> new Lookup.Refused(
                        "credentials: " + names.of(name) + " would be both '" + other + "' and '" + name + "'"))
                .orElse(found);
    }
}
