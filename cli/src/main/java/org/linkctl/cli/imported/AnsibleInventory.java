package org.linkctl.cli.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
 * count that say how a host is reached, in the inventory itself and in the folders beside it ({@link AnsibleFiles}). A host counts
 * before its groups, and a group before those that it is in; of groups that are as deep, the last one by name
 * ("Using variables", "Understanding variable precedence").
 */
public final class AnsibleInventory {
    /** The group of all hosts, and that of those without any other. */
    private static final Set<String> GENERAL = Set.of("all", "ungrouped");

    private static final String ALL = "all";

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
    public record Hosts(List<Target> targets, List<Unknown> unknown, List<String> locked) {
        /** Of no inventory. */
        public static final Hosts NONE = new Hosts(List.of(), List.of(), List.of());

        /** @param locked files of variables that ansible-vault(1) encrypted */
        public Hosts {
            targets = List.copyOf(targets);
            unknown = List.copyOf(unknown);
            locked = List.copyOf(locked);
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

    /** @param port that stands behind its name, which is a variable of its own; empty: none does */
    Map<String, String> host(String name, String port) {
        Map<String, String> out = hosts.computeIfAbsent(name, any -> new LinkedHashMap<>());
        if (!port.isEmpty()) out.put(PORT[0], port);
        return out;
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
        AnsibleFiles beside = new AnsibleFiles(file);
        out.hosts.keySet().forEach(name -> out.target(file, name, beside));
        return new Hosts(out.targets, out.unknown, beside.locked());
    }

    private static boolean isYaml(Path file, String text) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".yml") || name.endsWith(".yaml")) return true;
        return text.lines().anyMatch(line -> line.equals("---") || line.strip().equals("all:"));
    }

    private void target(Path file, String name, AnsibleFiles beside) {
        Map<String, String> variables = variables(name, beside);
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
        SshTarget alone = SshTarget.parse(address).orElse(null);
        boolean ported = alone != null && alone.port() != null; // its own counts
        boolean v6 = alone != null && !ported && alone.host().indexOf(':') >= 0 && !address.startsWith("[");
        String text = (user.isEmpty() ? "" : user + "@")
                + (v6 && !port.isEmpty() ? "[" + address + "]" : address)
                + (port.isEmpty() || ported ? "" : ":" + port);
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

    /** Those of the inventory's groups, of the files of groups, of the host, of its file: the later one counts. */
    private Map<String, String> variables(String host, AnsibleFiles beside) {
        List<String> mine = new ArrayList<>(groups.keySet());
        mine.removeIf(name -> name.equals(ALL) || !holds(name, host, 0));
        mine.sort(Comparator.<String>comparingInt(name -> depth(name, 0))
                .thenComparingInt(this::priority)
                .thenComparing(Comparator.naturalOrder()));
        mine.addFirst(ALL);
        Map<String, String> out = new LinkedHashMap<>();
        for (String name : mine) out.putAll(group(name).variables);
        for (String name : mine) out.putAll(beside.group(name));
        out.putAll(hosts.getOrDefault(host, Map.of()));
        out.putAll(beside.host(host));
        return out;
    }

    /** What counts among groups that are as deep (docs.ansible.com, "How variables are merged"). */
    private int priority(String group) {
        String said = group(group).variables.getOrDefault("ansible_group_priority", "");
        return said.matches("[0-9]{1,6}") ? Integer.parseInt(said) : 1;
    }

    private boolean holds(String group, String host, int depth) {
        Group one = group(group);
        return one.hosts.contains(host)
                || (depth < DEEPEST && one.children.stream().anyMatch(child -> holds(child, host, depth + 1)));
    }

    /** How many groups are one in the other above it, on the longest way from that of all. */
    private int depth(String group, int from) {
        if (from >= DEEPEST || group.equals(ALL)) return 0;
        return groups.entrySet().stream()
                        .filter(parent -> parent.getValue().children.contains(group))
                        .mapToInt(parent -> depth(parent.getKey(), from + 1))
                        .max()
                        .orElse(0)
                + 1;
    }

    private List<String> groups(String host) {
        Set<String> out = new TreeSet<>();
        for (String name : List.copyOf(groups.keySet()))
            if (!GENERAL.contains(name) && holds(name, host, 0)) out.add(name);
        return List.copyOf(out);
    }
}
