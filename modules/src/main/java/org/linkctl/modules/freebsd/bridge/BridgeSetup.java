package org.linkctl.modules.freebsd.bridge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an interface of bridge(4) is set up.
 *
 * @param members by name, in the kernel's order; whether each takes part in the spanning tree protocol
 */
record BridgeSetup(Map<String, Boolean> members) {
    /** As ifconfig(8) shows it (sbin/ifconfig/ifbridge.c, bridge_status). */
    private static final Pattern BRIDGE = Pattern.compile("(?m)^\\tid [0-9a-f:]+ priority [0-9]+ hellotime [0-9]+ ");

    private static final Pattern MEMBER =
            Pattern.compile("(?m)^\\tmember: (?<name>\\S+) flags=[0-9a-f]+(?:<(?<flags>[A-Z0-9_,]*)>)?");

    /** What a file of ours makes members, and the address on the wire that it gives. */
    private static final Pattern WRITTEN = Pattern.compile("(?m)^for linkctl_member in (?<names>[^;]+); do$");

    private static final Pattern WIRE = Pattern.compile("=\"ether (?<mac>[0-9a-f:]{17})\"");

    /** Empty: the interface is none of bridge(4), or not there. */
    static Optional<BridgeSetup> read(String text) {
        if (!BRIDGE.matcher(text).find()) return Optional.empty();
        Map<String, Boolean> members = new LinkedHashMap<>();
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            String flags = member.group("flags");
            members.put(
                    member.group("name"),
                    flags != null && List.of(flags.split(",")).contains("STP"));
        }
        return Optional.of(new BridgeSetup(members));
    }

    boolean has(String member) {
        return members.containsKey(member);
    }

    static List<String> written(@Nullable String file) {
        Matcher match = WRITTEN.matcher(file == null ? "" : file);
        return match.find() ? List.of(match.group("names").split(" ")) : List.of();
    }

    static String writtenAddress(@Nullable String file) {
        Matcher match = WIRE.matcher(file == null ? "" : file);
        return match.find() ? match.group("mac") : "";
    }
}
