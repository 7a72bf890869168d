package org.linkctl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * A service that others made and that a host has run, or not.
 *
 * @param name without {@code .service}
 * @param enabled whether it is started at boot; null: as it is
 * @param running null: as it is
 * @param restartOn declared files, at whose change it is started anew if it runs
 */
public record HostService(
        String host,
        String name,
        @Nullable Boolean enabled,
        @Nullable Boolean running,
        List<String> restartOn,
        Place at)
        implements HostIntent {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,99}");

    private static final String SUFFIX = ".service";

    public HostService {
        if (name.endsWith(SUFFIX)) name = name.substring(0, name.length() - SUFFIX.length());
        restartOn = List.copyOf(restartOn);
    }

    @Override
    public String subject() {
        return "service " + name;
    }

    @Override
    public List<Wrong> wrong() {
        List<Wrong> out = new ArrayList<>();
        if (!NAME.matcher(name).matches()) {
            out.add(new Wrong("name", name, "is no name of a service", "letters, digits and _ . @ -, 100 at most"));
            return out;
        }
        if (ReservedServices.isWholeSystems(name)) {
            String right =
                    "a service, or a .socket, .timer or .path: by units of other types the whole system comes up";
            out.add(new Wrong("name", name, "is not kept as a service", right));
            return out;
        }
        ReservedServices.keptBy(name)
                .ifPresent(word -> out.add(new Wrong("name", name, "is not kept as a service", word)));
        if (Boolean.FALSE.equals(running) && !restartOn.isEmpty()) {
            String right = "leave restartOn: out, or have it run";
            out.add(new Wrong("restartOn", restartOn.getFirst(), "restarts nothing where running: is false", right));
        }
        if (ReservedServices.isReachedBy(name)) reachedBy(out);
        if (ReservedServices.isFirewall(name)) firewall(out);
        return out;
    }

    /**
     * Whether a service stays as it is when it is no longer declared: what linkctl reaches a host by, and another firewall, might
     * cut the host off as they were before.
     */
    public static boolean staysAsItIs(String name) {
        return ReservedServices.isReachedBy(name) || ReservedServices.isFirewall(name);
    }

    private void firewall(List<Wrong> out) {
        String right = "rules are declared: firewall, publish, balance; false is what may be declared of it";
        String why = "may cut off " + host + ": it knows nothing of linkctl's rules";
        if (Boolean.TRUE.equals(running)) out.add(new Wrong("running", "true", why, right));
        if (Boolean.TRUE.equals(enabled)) out.add(new Wrong("enabled", "true", why, right));
        for (String path : restartOn) out.add(new Wrong("restartOn", path, why, right));
    }

    private void reachedBy(List<Wrong> out) {
        String right = "the way to the host depends on it; true is what may be declared of it";
        if (Boolean.FALSE.equals(running)) out.add(new Wrong("running", "false", "would cut off " + host, right));
        if (Boolean.FALSE.equals(enabled))
            out.add(new Wrong("enabled", "false", "would cut off " + host + " at its next boot", right));
        for (String path : restartOn) {
            out.add(new Wrong("restartOn", path, "would restart what linkctl reaches " + host + " by", right));
        }
    }
}
