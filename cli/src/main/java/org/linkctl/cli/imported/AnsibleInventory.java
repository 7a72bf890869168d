package org.linkctl.cli.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.check.Names;
import org.linkctl.cli.context.Failure;
import org.linkctl.model.Become;
import org.linkctl.model.SshTarget;

/**
 * The hosts of an Ansible inventory, in INI or YAML (docs.ansible.com, "How to build your inventory"). Of the variables those
 * count that say how a host is reached; where a group and a host say otherwise, the host counts, and a group before the groups that it is in.
 */
public final class AnsibleInventory {
    /** The group of all hosts, and that of those without any other. */
    private static final Set<String> GENERAL = Set.of("all", "ungrouped");

    /** The older name counts where the newer one is not there. */
    private static final String[] ADDRESS = {"ansible_host", "ansible_ssh_host"};

    private static final String[] USER = {"ansible_user", "ansible_ssh_user"};
    private static final String[] PORT = {"ansible_port", "ansible_ssh_port"};

    private static final int DEEPEST = 32;

    /** A group as the file has it; groups of one name are one. */
    static final class Group {
        final Set<String> hosts = new LinkedHashSet<>();
        final Set<String> children = new LinkedHashSet<>();
        final Map<String, String> variables = new LinkedHashMap<>();
    }

    /** A host of which the inventory does not say how it is reached. */
    public record Unknown(String name, List<String> groups, String why) {
        public Unknown {
            groups = List.copyOf(groups);
        }
    }

    /** What was read of it. */
    public record Hosts(List<Target> targets, List<Unknown> unknown) {
        public Hosts {
            targets = List.copyOf(targets);
            unknown = List.copyOf(unknown);
        }
    }

    private final List<Target> targets = new ArrayList<>();
    private final List<Unknown> unknown = new ArrayList<>();
    final Map<String, Group> groups = new LinkedHashMap<>();
    final Map<String, Map<String, String>> hosts = new LinkedHashMap<>();

    AnsibleInventory() {}

    Group group(String name) {
        return groups.computeIfAbsent(name, any -> new Group());
    }

    Map<String, String> host(String name) {
        return hosts.computeIfAbsent(name, any -> new LinkedHashMap<>());
    }

    /** @throws Failure where it cannot be read, with file and line where they are known */
    public static Hosts read(Path file) {
        AnsibleInventory out = new AnsibleInventory();
        try {
            String text = Files.readString(file);
            if (isYaml(file, text)) new AnsibleYaml(file, out).read(text);
            else new AnsibleIni(file, out).read(text);
        } catch (IOException e) {
            throw new Failure("--ansible: '" + file + "' cannot be read: " + e.getMessage());
        }
        if (out.hosts.isEmpty()) throw new Failure("--ansible: '" + file + "' has no hosts");
        out.hosts.keySet().forEach(name -> out.target(file, name));
        return new Hosts(out.targets, out.unknown);
    }

    private static boolean isYaml(Path file, String text) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yml") || name.endsWith(".yaml")) return true;
        return text.lines().anyMatch(line -> line.equals("---") || line.strip().equals("all:"));
    }

    private void target(Path file, String name) {
        Map<String, String> variables = variables(name);
        AnsibleTemplates templates = new AnsibleTemplates(name, variables);
        variables.replaceAll((_, written) -> templates.filled(written));
        for (String[] words : List.of(ADDRESS, USER, PORT)) {
            String value = first(variables, "", words);
            if (!AnsibleTemplates.isOpen(value)) continue;
            String why = "its " + first(words, variables) + " is '" + Names.shown(value)
                    + "', which only Ansible can fill in; name the host beside: "
                    + (Names.isName(name) ? name + "=" : "") + "[user@]host[:port]";
            unknown.add(new Unknown(name, groups(name), why));
            return;
        }
        String address = first(variables, name, ADDRESS);
        String user = first(variables, "", USER);
        String port = first(variables, "", PORT);
        boolean v6 = address.indexOf(':') >= 0 && !address.startsWith("[");
        String text = (user.isEmpty() ? "" : user + "@")
                + (v6 && !port.isEmpty() ? "[" + address + "]" : address)
                + (port.isEmpty() ? "" : ":" + port);
        SshTarget ssh = SshTarget.parse(text)
                .orElseThrow(() -> new Failure("--ansible: " + file + ": host '" + Names.shown(name) + "': '"
                        + Names.shown(text) + "' is no host as ssh(1) takes it: [user@]host[:port]"));
        targets.add(new Target(Names.isName(name) ? name : null, ssh, become(variables), null, groups(name)));
    }

    private static Become become(Map<String, String> variables) {
        return switch (variables.getOrDefault("ansible_become_method", "").toLowerCase(Locale.ROOT)) {
            case "sudo" -> Become.SUDO;
            case "doas" -> Become.DOAS;
            default -> Become.AUTO;
        };
    }

    private static String first(Map<String, String> variables, String otherwise, String... names) {
        return Arrays.stream(names)
                .filter(variables::containsKey)
                .map(name -> String.valueOf(variables.get(name)))
                .findFirst()
                .orElse(otherwise);
    }

    private static String first(String[] names, Map<String, String> variables) {
        return Arrays.stream(names).filter(variables::containsKey).findFirst().orElse(names[0]);
    }

    private Map<String, String> variables(String host) {
        Map<String, String> out = new LinkedHashMap<>(group("all").variables);
        List<String> mine = new ArrayList<>(groups.keySet());
        mine.removeIf(name -> name.equals("all") || !holds(name, host, 0));
        mine.sort((one, other) -> Integer.compare(height(other, 0), height(one, 0)));
        for (String name : mine) out.putAll(group(name).variables);
        out.putAll(host(host));
        return out;
    }

    private boolean holds(String group, String host, int depth) {
        Group one = group(group);
        return one.hosts.contains(host)
                || (depth < DEEPEST && one.children.stream().anyMatch(child -> holds(child, host, depth + 1)));
    }

    /** How many groups are one below the other in it: those of the most are the most general. */
    private int height(String group, int depth) {
        if (depth >= DEEPEST) return 0;
        return group(group).children.stream()
                        .mapToInt(child -> height(child, depth + 1))
                        .max()
                        .orElse(-1)
                + 1;
    }

    private List<String> groups(String host) {
        Set<String> out = new TreeSet<>();
        for (String name : List.copyOf(groups.keySet()))
            if (!GENERAL.contains(name) && holds(name, host, 0)) out.add(name);
        return List.copyOf(out);
    }

    /** The hosts of a pattern such as {@code web[01:03].example} or {@code db-[a:c]}. */
    static List<String> expanded(String pattern) {
        int open = pattern.indexOf('[');
        int close = pattern.indexOf(']', open);
        if (open < 0 || close < 0) return List.of(pattern);
        String[] range = pattern.substring(open + 1, close).split(":", -1);
        if (range.length < 2 || range[0].isEmpty() || range[1].isEmpty()) return List.of(pattern);
        List<String> out = new ArrayList<>();
        for (String one : range(range)) {
            for (String rest : expanded(pattern.substring(close + 1))) out.add(pattern.substring(0, open) + one + rest);
        }
        return out;
    }

    private static List<String> range(String[] range) {
        int step = range.length > 2 && range[2].matches("[1-9][0-9]{0,4}") ? Integer.parseInt(range[2]) : 1;
        List<String> out = new ArrayList<>();
        if (range[0].matches("[0-9]{1,6}") && range[1].matches("[0-9]{1,6}")) {
            int width = range[0].startsWith("0") ? range[0].length() : 1;
            for (int i = Integer.parseInt(range[0]); i <= Integer.parseInt(range[1]); i += step)
                out.add(("%0" + width + "d").formatted(i));
        } else if (range[0].length() == 1 && range[1].length() == 1) {
            for (char c = range[0].charAt(0); c <= range[1].charAt(0); c += (char) step) out.add(String.valueOf(c));
        }
        return out;
    }
}
