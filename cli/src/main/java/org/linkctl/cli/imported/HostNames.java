package org.linkctl.cli.imported;

import java.util.HashSet;
import java.util.Set;
import org.linkctl.net.Ip;

/** Names for imported hosts: the user's, or else what he called them by, or else what they call themselves. */
final class HostNames {
    private static final int LONGEST = 60;

    private final Set<String> used = new HashSet<>();

    /** @param own what the host calls itself (uname -n); whatever it says, a name comes out */
    String of(Target target, String own) {
        String given = target.name();
        if (given != null) return unused(given);
        String called = target.ssh().host();
        return unused(plain(Ip.parse(called).isPresent() ? own : called));
    }

    private static String plain(String text) {
        String label =
                text.split("\\.", -1)[0].replaceAll("[^A-Za-z0-9_-]", "-").replaceAll("^[^A-Za-z0-9]+", "");
        return label.isEmpty() ? "host" : label.substring(0, Math.min(label.length(), LONGEST));
    }

    private String unused(String name) {
        String out = name;
        for (int i = 2; !used.add(out); i++) out = name + "-" + i;
        return out;
    }
}
