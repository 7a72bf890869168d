package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What netplan has made of all files in /etc/netplan together, ours and others': netplan-generate(8) writes it to
 * /run/systemd/network. Of the files themselves only keys are read, never a value: they may hold passwords.
 *
 * @param kinds what a definition makes, by its ID: {@code bond}, {@code vlan} …; an interface that is there by itself has none
 * @param addresses by ID
 * @param members IDs of a bond's members, by the bond's
 * @param others the keys in others' files that are alone in their lines: sections, IDs, and what may stand below them
 * @param renderers all that files name
 * @param version as its package has it, such as {@code 0.106-2}; empty: not known
 */
record NetplanFiles(
        Map<String, String> kinds,
        Map<String, List<Cidr>> addresses,
        Map<String, List<String>> members,
        Set<String> others,
        Set<String> renderers,
        String version) {
    private static final Question.Command GENERATED = Question.command(
            "grep", "-rsHE", "--include=10-netplan-*", "^(Kind|Address|Bond)=", "/run/systemd/network");
    /** In block style, as installers and cloud-init write; grep -o leaves out whatever stands behind. */
    private static final Question.Command KEYS = Question.command(
            "grep",
            "-rshoE",
            "--include=*.yaml",
            "--exclude=90-linkctl-*",
            "^[[:space:]]+[\"']?[A-Za-z0-9_.@+=-]+[\"']?:",
            "/etc/netplan",
            "/run/netplan",
            "/usr/lib/netplan");

    private static final Question.Command RENDERERS = Question.command(
            "grep",
            "-rshoE",
            "--include=*.yaml",
            "^[[:space:]]*renderer:[[:space:]]*[\"']?[A-Za-z]+",
            "/etc/netplan",
            "/run/netplan",
            "/usr/lib/netplan");
    private static final Question.Command VERSION = Question.command("dpkg-query", "-W", "-f=${Version}", "netplan.io");

    private static final Pattern LINE = Pattern.compile(
            "^/run/systemd/network/10-netplan-(?<id>[^:/]+)\\.(?:network|netdev):(?<key>Kind|Address|Bond)=(?<value>.*)$");
    private static final Pattern GENERATED_FILE =
            Pattern.compile("^/run/systemd/network/10-netplan-(?<id>[^/]+)\\.network$");
    private static final Pattern NUMBERS = Pattern.compile("^(?<major>[0-9]{1,4})\\.(?<minor>[0-9]{1,4})");

    /** The renderer of netplan that writes profiles of NetworkManager's. */
    static final String MANAGER = "NetworkManager";

    static final NetplanFiles NONE = new NetplanFiles(Map.of(), Map.of(), Map.of(), Set.of(), Set.of(), "");

    NetplanFiles {
        kinds = Map.copyOf(kinds);
        addresses = Map.copyOf(addresses);
        members = Map.copyOf(members);
        others = Set.copyOf(others);
        renderers = Set.copyOf(renderers);
    }

    static List<Question<?>> questions() {
        return List.of(GENERATED, KEYS, RENDERERS, VERSION);
    }

    static NetplanFiles read(Answers answers) {
        Map<String, String> kinds = new LinkedHashMap<>();
        Map<String, List<Cidr>> addresses = new LinkedHashMap<>();
        Map<String, List<String>> members = new LinkedHashMap<>();
        for (String line : answers.to(GENERATED).stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("what netplan generated: '" + line + "'");
            String id = match.group("id");
            String value = match.group("value");
            switch (match.group("key")) {
                case "Kind" -> kinds.put(id, value);
                case "Bond" -> add(members, value, id);
                default -> Cidr.parse(value).ifPresent(one -> add(addresses, id, one));
            }
        }
        return new NetplanFiles(
                kinds,
                addresses,
                members,
                words(answers.to(KEYS), "(?<word>[^\\s\"':]+)[\"']?:$"),
                words(answers.to(RENDERERS), ":\\s*[\"']?(?<word>[A-Za-z]+)$"),
                answers.to(VERSION).stdout().strip());
    }

    private static <T> void add(Map<String, List<T>> lists, String key, T value) {
        lists.computeIfAbsent(key, any -> new ArrayList<>()).add(value);
    }

    /** One word of each line, as a regular expression finds it. */
    private static Set<String> words(Answer.Output output, String expression) {
        Pattern pattern = Pattern.compile(expression);
        Set<String> out = new TreeSet<>();
        for (String line : output.stdout().lines().toList()) {
            Matcher match = pattern.matcher(line);
            if (!match.find()) throw new UnreadableFacts("files of netplan: '" + line + "'");
            out.add(match.group("word"));
        }
        return out;
    }

    /** Whether some interface is configured by what netplan generated for systemd-networkd. */
    static boolean generatedFor(NetworkdFiles networkd) {
        return networkd.byDevice().values().stream().anyMatch(file -> id(file).isPresent());
    }

    /** The ID of the definition that a file of systemd-networkd was generated from. */
    static Optional<String> id(String file) {
        Matcher match = GENERATED_FILE.matcher(file);
        return match.matches() ? Optional.of(match.group("id")) : Optional.empty();
    }

    /**
     * Until 0.105 netplan passed over the routes of a file where another one had as many for the same interface (handle_routes
     * in its parse.c).
     */
    boolean tooOld() {
        Matcher match = NUMBERS.matcher(version);
        return match.find()
                && Integer.parseInt(match.group("major")) == 0
                && Integer.parseInt(match.group("minor")) < 106;
    }

    /** Where the definition stands below {@code network:} (netplan(5)). */
    String section(String id) {
        return switch (kinds.getOrDefault(id, "")) {
            case "" -> "ethernets";
            case "bond" -> "bonds";
            case "bridge" -> "bridges";
            case "dummy" -> "dummy-devices";
            case "veth" -> "virtual-ethernets";
            case "vlan" -> "vlans";
            case "vrf" -> "vrfs";
            default -> "tunnels";
        };
    }
}
