package org.linkctl.modules.linux.defaultroute;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.modules.linux.kernel.IpRoute;
import org.linkctl.modules.linux.stack.NetworkStack;
import org.linkctl.modules.linux.stack.NetworkdFiles;
import org.linkctl.modules.linux.stack.StackFacts;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * A default route of linkctl's metric that a file of somebody else's has at boot: systemd.network(5), Gateway=, where netplan
 * wrote the file too; interfaces(5), gateway.
 *
 * @param device of ifupdown; empty: whichever the file is for
 */
record OthersDefault(String file, String device, Ip gateway) {
    private static final Question.Command NETWORKD = Question.command(
            "grep",
            "-rsHE",
            "--include=*.network",
            "--include=*.conf",
            "--exclude=10-linkctl-*",
            "^[[:space:]]*(\\[|(Gateway|Destination|Metric|Table)[[:space:]]*=)",
            "/etc/systemd/network",
            "/run/systemd/network",
            "/usr/local/lib/systemd/network",
            "/usr/lib/systemd/network");

    private static final Question.Command IFUPDOWN = Question.command(
            "grep",
            "-RsHE",
            "--exclude=*linkctl-*",
            "^[[:space:]]*(iface|gateway|metric)[[:space:]]",
            "/etc/network/interfaces",
            "/etc/network/interfaces.d");

    private static final Set<String> MAIN = Set.of("", "main", "254");

    static List<Question<?>> questions() {
        return List.of(NETWORKD, IFUPDOWN);
    }

    /** Of those files that count on this host. */
    static List<OthersDefault> read(Answers answers, StackFacts stack) {
        // By NetworkManager others' have a metric, and ours has the least.
        NetworkStack running = stack.stack();
        if (running != null && running.countsMetrics()) return List.of();
        boolean ifupdown = running != null && running.readsStanzas();
        List<Block> blocks = new ArrayList<>();
        for (String line :
                answers.to(ifupdown ? IFUPDOWN : NETWORKD).stdout().lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(0) != '/') throw new UnreadableFacts("files of the network: '" + line + "'");
            String file = line.substring(0, colon);
            String text = line.substring(colon + 1).strip();
            if (text.startsWith("[") || text.startsWith("iface")) blocks.add(new Block(file, text));
            else if (!blocks.isEmpty() && blocks.getLast().file.equals(file))
                blocks.getLast().lines.add(text);
        }
        return blocks.stream().flatMap(block -> block.defaults().stream()).toList();
    }

    /** A section, or a stanza. */
    private static final class Block {
        private final String file;
        private final String head;
        private final List<String> lines = new ArrayList<>();

        Block(String file, String head) {
            this.file = file;
            this.head = head;
        }

        List<OthersDefault> defaults() {
            List<String> gateways = switch (head) {
                case "[Network]" -> values("Gateway");
                case "[Route]" -> isDefault() ? values("Gateway") : List.of();
                default -> head.startsWith("iface") ? values("gateway") : List.of();
            };
            String[] words = head.split("\\s+", -1);
            String device = head.startsWith("iface") && words.length > 1 ? words[1] : "";
            return gateways.stream()
                    .flatMap(text -> Ip.parse(text).stream())
                    .filter(this::isOfOurMetric)
                    .map(gateway -> new OthersDefault(file, device, gateway))
                    .toList();
        }

        private boolean isDefault() {
            return values("Destination").stream()
                            .allMatch(text -> Cidr.parse(text)
                                    .filter(to -> to.length() == 0)
                                    .isPresent())
                    && MAIN.contains(last("Table"));
        }

        /** Of IPv6 what has none named is of another one, and stays beside ours. */
        private boolean isOfOurMetric(Ip gateway) {
            String metric = last(head.startsWith("[") ? "Metric" : "metric");
            return metric.isEmpty()
                    ? !gateway.isV6()
                    : metric.equals(Integer.toString(IpRoute.defaultMetric(gateway.isV6())));
        }

        private String last(String key) {
            List<String> values = values(key);
            return values.isEmpty() ? "" : values.getLast();
        }

        private List<String> values(String key) {
            return lines.stream()
                    .map(line -> line.split("\\s*=\\s*|\\s+", 2))
                    .filter(words -> words.length == 2 && words[0].equals(key))
                    .map(words -> words[1].strip())
                    .toList();
        }
    }

    /** The interfaces that it is for, as the files are found. */
    List<String> devices(StackFacts stack) {
        if (!device.isEmpty()) return List.of(device);
        int beside = file.lastIndexOf(".d/");
        String name = NetworkdFiles.name(beside < 0 ? file : file.substring(0, beside));
        return stack.networkd().byDevice().entrySet().stream()
                .filter(entry -> NetworkdFiles.name(entry.getValue()).equals(name))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /**
     * Why an interface cannot have the default route at boot that it shall have; empty: it can. What a hook of ifupdown does
     * comes after the interface's own stanza, and takes the place of what that set.
     */
    Optional<String> against(DefaultRouteModule.Want want, StackFacts stack, List<String> ours) {
        if (gateway.isV6() != want.v6()) return Optional.empty();
        String own = want.device().name();
        for (String one : devices(stack)) {
            boolean same = one.equals(own) && (!device.isEmpty() || gateway.equals(want.gateway()));
            // netplan writes what linkctl's file says into the same file.
            boolean written = ours.stream().anyMatch(text -> text.contains("\"" + gateway + "\""));
            if (same || written || want.members().contains(one)) continue;
            return Optional.of(
                    file + " has a default route via " + gateway + " by " + one + ", too, and the inventory has "
                            + want.shown() + ": at boot either may come first; take that gateway out of "
                            + (file.contains("/10-netplan-") ? "/etc/netplan" : "the file") + ", or declare it");
        }
        return Optional.empty();
    }
}
