package org.linkctl.modules.freebsd.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.spi.Answers;

/**
 * Of which kind a host's interfaces are, as ifconfig(8) shows it.
 *
 * @param kinds by name: {@code bond}, {@code vlan}, {@code bridge}, the interface group of another driver (ifconfig(8), "group"),
 *     such as {@code wg} or {@code tun}; empty: of none
 * @param owners what an interface is a member of: a lagg or a bridge
 */
public record InterfaceKinds(Map<String, String> kinds, Map<String, String> owners) {
    private static final Pattern NAME = Pattern.compile("(?<name>[^\\s:]+): flags=.*");
    private static final Pattern MEMBER = Pattern.compile("\\t(?:laggport|member): (?<name>\\S+)(?: .*)?");
    private static final Pattern GROUPS = Pattern.compile("\\tgroups: (?<first>\\S+)(?: .*)?");

    /** Made by words of the language, which tell what they are. */
    private static final Set<String> WORDS = Set.of("bond", "vlan", "bridge");

    public InterfaceKinds {
        kinds = Map.copyOf(kinds);
        owners = Map.copyOf(owners);
    }

    public static InterfaceKinds read(Answers answers) {
        Map<String, String> kinds = new LinkedHashMap<>();
        Map<String, String> owners = new LinkedHashMap<>();
        String now = "";
        for (String line : answers.stdout(Ifconfig.question()).lines().toList()) {
            Matcher name = NAME.matcher(line);
            Matcher member = MEMBER.matcher(line);
            Matcher groups = GROUPS.matcher(line);
            if (name.matches()) {
                now = name.group("name");
                kinds.put(now, "");
            } else if (member.matches()) owners.put(member.group("name"), now);
            else if (line.startsWith("\tlaggproto ")) kinds.put(now, "bond");
            else if (line.startsWith("\tvlan: ")) kinds.put(now, "vlan");
            else if (line.startsWith("\tid ") && line.contains(" priority ")) kinds.put(now, "bridge");
            else if (groups.matches() && kinds.getOrDefault(now, "").isEmpty()) kinds.put(now, groups.group("first"));
        }
        return new InterfaceKinds(kinds, owners);
    }

    public String of(String name) {
        return kinds.getOrDefault(name, "");
    }

    /** A word of the language makes such interfaces. */
    public boolean isWord(String name) {
        return WORDS.contains(of(name));
    }

    /** All of one kind, in no order. */
    public List<String> all(String kind) {
        return kinds.entrySet().stream()
                .filter(entry -> entry.getValue().equals(kind))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
