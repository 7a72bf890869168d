package org.linkctl.modules.linux.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What NetworkManager says of interfaces and profiles: nmcli(1). Of others' profiles no setting is read but the interface
 * that they are for
 * and the addresses that they give it: they may hold passwords.
 *
 * @param devices by the interface's name
 * @param profiles by UUID
 * @param leased interfaces with an address of DHCP or of router advertisements
 * @param dispatches scripts in dispatcher.d are run: NetworkManager-dispatcher(8) is not disabled
 */
record NetworkManagerFacts(
        Map<String, Device> devices, Map<String, Profile> profiles, Set<String> leased, boolean dispatches) {
    /**
     * An interface.
     *
     * @param type such as {@code ethernet}, {@code bond}, {@code loopback}
     * @param state such as {@code connected}, {@code unmanaged}, {@code connecting (getting IP configuration)}
     * @param profile the UUID of the one that it has; empty: none
     */
    record Device(String type, String state, String profile) {
        boolean managed() {
            return !state.startsWith("unmanaged");
        }

        /** Somebody else configured it, and NetworkManager looks on. */
        boolean external() {
            return state.equals("connected (externally)");
        }
    }

    /**
     * A profile ("connection").
     *
     * @param priority connection.autoconnect-priority
     * @param file where it is kept; empty: in no file
     * @param device the interface that it is for; empty: not said, or not in a keyfile
     * @param addresses that it gives, where a keyfile says them
     * @param generated NetworkManager made it up, since an interface had none: "Wired connection 1"
     */
    record Profile(String name, int priority, String file, String device, List<Cidr> addresses, boolean generated) {
        boolean ours() {
            return file.startsWith(NetworkManager.PROFILES);
        }

        /** As a plan names it. */
        String text() {
            return generated ? "'" + name + "' (NetworkManager's own)" : "'" + name + "'";
        }
    }

    /** Without options nmcli shortens what it prints to the width of a terminal. */
    private static final Question.Command DEVICES =
            Question.command("nmcli", "-t", "-f", "DEVICE,TYPE,STATE,CON-UUID", "device", "status");

    private static final Question.Command PROFILES =
            Question.command("nmcli", "-t", "-f", "UUID,AUTOCONNECT-PRIORITY,NAME,FILENAME", "connection", "show");

    private static final Question.Command NAMES = Question.command(
            "grep",
            "-rsHE",
            "--include=*.nmconnection",
            "^(interface-name=|nm-generated=true|address[0-9]+=)",
            "/etc/NetworkManager/system-connections",
            "/run/NetworkManager/system-connections",
            "/usr/lib/NetworkManager/system-connections");

    private static final Pattern NAMED = Pattern.compile(
            "(?<file>/.*\\.nmconnection):(?:interface-name=(?<device>.*)|nm-generated=true|address[0-9]+=(?<address>.*))");

    /** With an address that lasts for a time: ip-address(8), dynamic. */
    private static final Question.Command LEASED = Question.command("ip", "-o", "address", "show", "dynamic");

    private static final Question.Command DISPATCHER =
            Question.command("systemctl", "is-enabled", "NetworkManager-dispatcher.service");

    private static final Question.Command OURS =
            Question.command("grep", "-rsH", "--include=*linkctl*", "", "/etc/NetworkManager");

    static final NetworkManagerFacts NONE = new NetworkManagerFacts(Map.of(), Map.of(), Set.of(), false);

    NetworkManagerFacts {
        devices = Map.copyOf(devices);
        profiles = Map.copyOf(profiles);
        leased = Set.copyOf(leased);
    }

    static List<Question<?>> questions() {
        return List.of(DEVICES, PROFILES, NAMES, LEASED, DISPATCHER, OURS);
    }

    /** Whether there is an nmcli(1) that reaches NetworkManager. */
    static boolean answered(Answers answers) {
        return answers.to(DEVICES).ok() && answers.to(PROFILES).ok();
    }

    static Answer.Output ours(Answers answers) {
        return answers.to(OURS);
    }

    static NetworkManagerFacts read(Answers answers) {
        Map<String, Device> devices = new LinkedHashMap<>();
        for (List<String> line : lines(answers.stdout(DEVICES), 4))
            devices.put(line.get(0), new Device(line.get(1), line.get(2), line.get(3)));
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, List<String>> addresses = new LinkedHashMap<>();
        List<String> generated = new ArrayList<>();
        for (String line : answers.to(NAMES).stdout().lines().toList()) {
            Matcher match = NAMED.matcher(line);
            if (!match.matches()) throw new UnreadableFacts("profiles of NetworkManager: '" + line + "'");
            String device = match.group("device");
            String address = match.group("address");
            if (device != null) names.put(match.group("file"), device);
            else if (address == null) generated.add(match.group("file"));
            else
                addresses
                        .computeIfAbsent(match.group("file"), any -> new ArrayList<>())
                        .add(address);
        }
        Map<String, Profile> profiles = new LinkedHashMap<>();
        for (List<String> line : lines(answers.stdout(PROFILES), 4)) {
            String file = line.get(3);
            profiles.put(
                    line.get(0),
                    new Profile(
                            line.get(2),
                            priority(line.get(1)),
                            file,
                            names.getOrDefault(file, ""),
                            addresses.getOrDefault(file, List.of()).stream()
                                    .flatMap(address -> Cidr.parse(address.replaceFirst("[,;].*", "")).stream())
                                    .toList(),
                            generated.contains(file)));
        }
        return new NetworkManagerFacts(
                devices, profiles, leased(answers.stdout(LEASED)), dispatches(answers.to(DISPATCHER)));
    }

    private static Set<String> leased(String output) {
        return output.lines()
                .map(line -> line.split("\\s+"))
                .filter(words -> words.length > 1)
                .map(words -> words[1])
                .collect(Collectors.toSet());
    }

    /** "enabled", or "static" and the like where a distribution starts it by D-Bus alone. */
    private static boolean dispatches(Answer.Output output) {
        String state = output.stdout().strip();
        return !state.isEmpty() && !Set.of("disabled", "masked", "not-found").contains(state);
    }

    private static int priority(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UnreadableFacts("priority of a profile of NetworkManager: '" + text + "'");
        }
    }

    /** Terse output: values stand between colons; a colon or a backslash in a value has a backslash before it. */
    private static List<List<String>> lines(String output, int fields) {
        List<List<String>> out = new ArrayList<>();
        for (String line : output.lines().toList()) {
            List<String> values = new ArrayList<>();
            StringBuilder value = new StringBuilder();
            for (int i = 0; i < line.length(); i++) {
                char c = line.charAt(i);
                if (c == '\\' && i + 1 < line.length()) {
                    value.append(line.charAt(++i));
                } else if (c == ':') {
                    values.add(value.toString());
                    value.setLength(0);
                } else {
                    value.append(c);
                }
            }
            values.add(value.toString());
            if (values.size() != fields || values.getFirst().isEmpty())
                throw new UnreadableFacts("nmcli: '" + line + "'");
            out.add(values);
        }
        return out;
    }

    /** Whether a profile of somebody's or of linkctl's is for an interface. */
    boolean configures(String device) {
        return profiles.values().stream().anyMatch(profile -> profile.device().equals(device) && !profile.generated());
    }

    Optional<Device> device(String name) {
        return Optional.ofNullable(devices.get(name));
    }

    /** The profile that an interface has just now. */
    Optional<Profile> active(String device) {
        return device(device).map(Device::profile).map(profiles::get);
    }

    /** Others' profiles that are for an interface, kept in files, in force or not. */
    List<Profile> others(String device) {
        return profiles.values().stream()
                .filter(profile -> profile.device().equals(device) && !profile.ours() && !profile.generated())
                .filter(profile -> device(device).filter(Device::external).isEmpty()
                        || !profile.file().startsWith("/run/"))
                .sorted(Comparator.comparing(Profile::name))
                .toList();
    }
}
