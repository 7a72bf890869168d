package org.linkctl.modules.linux.dataplane;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Finding;
import org.linkctl.spi.Question;

/**
 * What one network card does and could do: its queues (kernel: Documentation/networking/scaling.rst), its rings, its
 * offloads (ethtool(8)), and what it lost (kernel: Documentation/networking/statistics.rst). A host without ethtool(8), and
 * a card that does not tell, leave the rest.
 */
final class NicPath {
    /** Offloads that a gateway is much slower without; the kernel has all of them on where the card can. */
    private static final List<String> OFFLOADS = List.of(
            "rx-checksumming",
            "tx-checksumming",
            "scatter-gather",
            "generic-segmentation-offload",
            "generic-receive-offload");

    /** One lost packet of so many is worth a word. */
    private static final long SHARE = 10_000;

    private static final Pattern PRESET =
            Pattern.compile("(?s)maximums:(?<most>.*)Current hardware settings:(?<now>.*)");

    private final String nic;

    NicPath(String nic) {
        this.nic = nic;
    }

    String nic() {
        return nic;
    }

    private Question.Command queues() {
        return Question.command("ls", "/sys/class/net/" + nic + "/queues");
    }

    private Question.ReadFile steering() {
        return Question.file("/sys/class/net/" + nic + "/queues/rx-0/rps_cpus");
    }

    private Question.ReadFile counter(String name) {
        return Question.file("/sys/class/net/" + nic + "/statistics/" + name);
    }

    private Question.Command offloads() {
        return Question.command("ethtool", "-k", nic);
    }

    private Question.Command rings() {
        return Question.command("ethtool", "-g", nic);
    }

    private Question.Command channels() {
        return Question.command("ethtool", "-l", nic);
    }

    List<Question<?>> questions() {
        return List.of(
                queues(),
                steering(),
                counter("rx_packets"),
                counter("rx_missed_errors"),
                counter("rx_fifo_errors"),
                offloads(),
                rings(),
                channels());
    }

    /** Receive queues; 0 where it has none to tell of. */
    int receiving(Answers answers) {
        return (int) answers.to(queues())
                .stdout()
                .lines()
                .filter(name -> name.startsWith("rx-"))
                .count();
    }

    /** Whether the kernel spreads what comes by one queue over processors (RPS). */
    boolean steered(Answers answers) {
        return answers.to(steering()).orElse("").chars().anyMatch(c -> c != '0' && c != ',' && c != '\n');
    }

    /** How many queues it could have, where it could have more. */
    OptionalInt more(Answers answers) {
        return setting(answers.to(channels()), "(?:Combined|RX)");
    }

    /** Empty for one that does not tell. */
    Optional<Finding> finding(Answers answers) {
        OptionalLong taken = count(answers, "rx_packets");
        if (taken.isEmpty()) return Optional.empty();
        List<String> advice = new ArrayList<>();
        long packets = taken.getAsLong();
        long lost = count(answers, "rx_missed_errors").orElse(0)
                + count(answers, "rx_fifo_errors").orElse(0);
        if (lost > 0 && lost * SHARE >= packets) {
            OptionalInt ring = setting(answers.to(rings()), "RX");
            advice.add(lost + " of " + (packets + lost) + " packets were lost for want of room in its ring"
                    + (ring.isPresent() ? ": ethtool -G " + nic + " rx " + ring.getAsInt() : ""));
        }
        List<String> off = OFFLOADS.stream()
                .filter(name -> answers.to(offloads())
                        .stdout()
                        .lines()
                        .anyMatch(line -> line.strip().equals(name + ": off")))
                .toList();
        if (!off.isEmpty()) {
            advice.add(String.join(", ", off)
                    + (off.size() == 1 ? " is off, and could be on" : " are off, and could be on") + ": ethtool -K "
                    + nic + " "
                    + String.join(
                            " ", off.stream().map(name -> keyword(name) + " on").toList()));
        }
        String subject = nic + " data path";
        if (!advice.isEmpty()) return Optional.of(Finding.doubtful(subject, String.join("; ", advice)));
        int queues = receiving(answers);
        return Optional.of(Finding.good(
                subject,
                (queues == 0 ? "" : queues == 1 ? "1 receive queue, " : queues + " receive queues, ")
                        + (lost == 0 ? "nothing" : lost + " of " + (packets + lost) + " packets")
                        + " lost in its rings"));
    }

    /** The words that ethtool -K takes for them (ethtool(8)). */
    private static String keyword(String offload) {
        return switch (offload) {
            case "rx-checksumming" -> "rx";
            case "tx-checksumming" -> "tx";
            case "scatter-gather" -> "sg";
            case "generic-segmentation-offload" -> "gso";
            default -> "gro";
        };
    }

    private OptionalLong count(Answers answers, String name) {
        String text = answers.to(counter(name)).orElse("").strip();
        return text.matches("[0-9]{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** The most that a card can, where it is more than what it does now. */
    private static OptionalInt setting(Answer.Output said, String name) {
        Matcher parts = PRESET.matcher(said.stdout());
        if (!said.ok() || !parts.find()) return OptionalInt.empty();
        Pattern line = Pattern.compile("(?m)^" + name + ":\\s+([0-9]{1,9})\\s*$");
        Matcher most = line.matcher(String.valueOf(parts.group("most")));
        Matcher now = line.matcher(String.valueOf(parts.group("now")));
        if (!most.find() || !now.find()) return OptionalInt.empty();
        int can = Integer.parseInt(most.group(1));
        return can > Integer.parseInt(now.group(1)) ? OptionalInt.of(can) : OptionalInt.empty();
    }
}
