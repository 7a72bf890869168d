package org.linkctl.modules.linux.stack;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * Which of systemd-networkd's files configures an interface (networkctl(1)), and in which of them a DHCP client is
 * asked for.
 *
 * @param byDevice paths
 * @param dynamic names without folders of those where others ask; a drop-in counts for the file that it is beside
 * @param asked the same of those where linkctl asks
 */
public record NetworkdFiles(Map<String, String> byDevice, Set<String> dynamic, Set<String> asked) {
    private static final Question.Command STATUS =
            Question.command("networkctl", "status", "--all", "--no-pager", "--lines=0");
    private static final Question.Command DHCP = Question.command(
            "grep",
            "-rsHE",
            "--include=*.network",
            "--include=*.conf",
            "^[[:space:]]*DHCP[[:space:]]*=",
            "/etc/systemd/network",
            "/run/systemd/network",
            "/usr/local/lib/systemd/network",
            "/usr/lib/systemd/network");
    /** How names of linkctl's own files begin. */
    private static final String OURS = "10-linkctl-";

    private static final Pattern LINK = Pattern.compile("^\\S* ?\\d+: (\\S+)");
    private static final Pattern FILE = Pattern.compile("^\\s*Network File: (/\\S+)");
    private static final Pattern ASKS = Pattern.compile(
            "^/[^:]*/(?<name>[^/:]+\\.network)(?:\\.d/(?<beside>[^/:]+))?:\\s*DHCP\\s*=\\s*(?<value>.*?)\\s*$");

    /** systemd.syntax(7), "Boolean arguments". */
    private static final Set<String> NO = Set.of("no", "false", "off", "0", "n", "f");

    static final NetworkdFiles NONE = new NetworkdFiles(Map.of(), Set.of(), Set.of());

    public NetworkdFiles {
        byDevice = Map.copyOf(byDevice);
        dynamic = Set.copyOf(dynamic);
        asked = Set.copyOf(asked);
    }

    /** Those of a host where linkctl asks for no DHCP. */
    public NetworkdFiles(Map<String, String> byDevice, Set<String> dynamic) {
        this(byDevice, dynamic, Set.of());
    }

    static List<Question<?>> questions() {
        return List.of(STATUS, DHCP);
    }

    static NetworkdFiles read(Answers answers) {
        Set<String> dynamic = new TreeSet<>();
        Set<String> asked = new TreeSet<>();
        for (String line : answers.to(DHCP).stdout().lines().toList()) {
            Matcher match = ASKS.matcher(line);
            if (match.matches() && !NO.contains(match.group("value").toLowerCase(Locale.ROOT))) {
                String name = match.group("name");
                String beside = match.group("beside");
                ((beside == null ? name : beside).startsWith(OURS) ? asked : dynamic).add(name);
            }
        }
        return new NetworkdFiles(byDevice(answers.to(STATUS)), dynamic, asked);
    }

    private static Map<String, String> byDevice(Answer.Output output) {
        Map<String, String> out = new LinkedHashMap<>();
        String link = "";
        for (String line : output.stdout().lines().toList()) {
            Matcher named = LINK.matcher(line);
            if (named.find()) link = named.group(1);
            Matcher file = FILE.matcher(line);
            if (file.find() && !link.isEmpty()) out.put(link, file.group(1));
        }
        return out;
    }

    Optional<String> of(String device) {
        return Optional.ofNullable(byDevice.get(device));
    }

    /** The other interfaces that a file is for. */
    List<String> others(String file, String device) {
        return byDevice.entrySet().stream()
                .filter(entry ->
                        entry.getValue().equals(file) && !entry.getKey().equals(device))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Others ask. */
    boolean isDynamic(String file) {
        return dynamic.contains(name(file));
    }

    /** Somebody asks: others, or linkctl as the files are found. */
    boolean isLeased(String file) {
        return isDynamic(file) || asked.contains(name(file));
    }

    /** The name by which systemd.network(5) sorts files of all folders together. */
    public static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1);
    }
}
