package org.linkctl.modules.freebsd.bridge;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    private static final Pattern OPTIONS = Pattern.compile("(?m)^\\t(?<words>(?:id|maxage) [0-9a-z: ]+)$");

    private static final Map<String, String> USUAL = Map.of(
            "priority",
            "32768",
            "hellotime",
            "2",
            "fwddelay",
            "15",
            "maxage",
            "20",
            "holdcnt",
            "6",
            "proto",
            "rstp",
            "maxaddr",
            "2000",
            "timeout",
            "1200");

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
            members.put(member.group("name"), flags(member.group("flags")).contains("STP"));
        }
        return Optional.of(new BridgeSetup(members));
    }

    /**
     * What no attribute says and is not as bridge(4) has it by itself, as ifconfig(8) shows it (sys/net/if_bridge.c and
     * sys/net/bridgestp.h: priority 32768, 2 s, 15 s, 20 s, 6, rstp, 2000 addresses, 1200 s).
     */
    static List<String> otherwise(String text) {
        List<String> out = new ArrayList<>();
        Matcher options = OPTIONS.matcher(text);
        while (options.find()) {
            String[] words = options.group("words").split(" ", -1);
            for (int i = 0; i + 1 < words.length; i += 2) {
                String usual = USUAL.get(words[i]);
                if (usual != null && !usual.equals(words[i + 1])) out.add(words[i] + " " + words[i + 1]);
            }
        }
        Matcher member = MEMBER.matcher(text);
        while (member.find()) member(String.valueOf(member.group("name")), flags(member.group("flags")), out);
        return out;
    }

    private static void member(String name, List<String> flags, List<String> out) {
        for (String flag : List.of("PRIVATE", "STICKY", "SPAN"))
            if (flags.contains(flag)) out.add(flag.toLowerCase(Locale.ROOT) + " " + name);
        for (String flag : List.of("DISCOVER", "LEARNING"))
            if (!flags.contains(flag)) out.add("-" + (flag.equals("DISCOVER") ? "discover " : "learn ") + name);
    }

    private static List<String> flags(@Nullable String flags) {
        return flags == null ? List.of() : List.of(flags.split(",", -1));
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
