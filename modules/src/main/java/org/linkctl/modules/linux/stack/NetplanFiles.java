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
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What netplan has made of all files in /etc/netplan together, ours and others': netplan-generate(8) writes it to
 * /run/systemd/network. The files themselves are not read, since they may hold passwords and keys.
 *
 * @param kinds what a definition makes, by its ID: {@code bond}, {@code vlan} …; an interface that is there by itself has none
 * @param addresses by ID
 * @param renderers all that files name
 * @param version as its package has it, such as {@code 0.106-2}; empty: not known
 */
record NetplanFiles(
        Map<String, String> kinds, Map<String, List<Cidr>> addresses, Set<String> renderers, String version) {
    private static final Question.Command GENERATED = Question.command(
            "grep", "-rsHE", "--include=10-netplan-*", "^(Kind|Address)=", "/run/systemd/network");
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
            "^/run/systemd/network/10-netplan-(?<id>[^:/]+)\\.(?:network|netdev):(?<key>Kind|Address)=(?<value>.*)$");
    private static final Pattern GENERATED_FILE =
            Pattern.compile("^/run/systemd/network/10-netplan-(?<id>[^/]+)\\.network$");
    private static final Pattern NUMBERS = Pattern.compile("^(?<major>[0-9]{1,4})\\.(?<minor>[0-9]{1,4})");

    static final NetplanFiles NONE = new NetplanFiles(Map.of(), Map.of(), Set.of(), "");

    NetplanFiles {
        kinds = Map.copyOf(kinds);
        addresses = Map.copyOf(addresses);
        renderers = Set.copyOf(renderers);
    }

    static List<Question<?>> questions() {
        return List.of(GENERATED, RENDERERS, VERSION);
    }

    static NetplanFiles read(Answers answers) {
        Map<String, String> kinds = new LinkedHashMap<>();
        Map<String, List<Cidr>> addresses = new LinkedHashMap<>();
        for (String line : answers.to(GENERATED).stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("what netplan generated: '" + line + "'");
            String id = match.group("id");
            String value = match.group("value");
            if (match.group("key").equals("Kind")) kinds.put(id, value);
            else
                Cidr.parse(value)
                        .ifPresent(one -> addresses
                                .computeIfAbsent(id, key -> new ArrayList<>())
                                .add(one));
        }
        Set<String> renderers = new TreeSet<>();
        for (String line : answers.to(RENDERERS).stdout().lines().toList())
            renderers.add(line.substring(line.indexOf(':') + 1).replaceAll("[\"'\\s]", ""));
        return new NetplanFiles(
                kinds, addresses, renderers, answers.to(VERSION).stdout().strip());
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
