package org.linkctl.modules.linux.hubreplies;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.linkctl.model.Firewall.Ports;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.marks.Numbers;
import org.linkctl.net.Cidr;

/**
 * The text of the table of nftables that marks connections which came in by a hub, and their answers (nft(8), "CHAINS"; -150
 * is "mangle", -200 where connections become known, -300 "raw"). Marks of others stay.
 */
final class HubRepliesTable {
    /** As long as the kernel remembers a flow of UDP that was answered (nf_conntrack-sysctl.rst, udp_timeout_stream), and some. */
    private static final String REMEMBERED = "3m";

    private HubRepliesTable() {}

    /** Named first, so that there is a table to delete (nft(8), "TABLES"). */
    static String text(List<HubReply> replies) {
        String name = HubReply.KIND.table().name();
        List<String> out = new ArrayList<>(
                List.of(OurFiles.MARK, "table inet " + name, "delete table inet " + name, "table inet " + name + " {"));
        List<HubReply> udp = replies.stream()
                .filter(reply -> !ports(reply, Proto.UDP).isEmpty())
                .toList();
        udp.forEach(reply -> set(out, reply));
        replies.forEach(reply -> chain(out, asked(reply), asking(reply)));
        chain(out, "prerouting", prerouting(replies));
        if (!udp.isEmpty()) chain(out, "unbound", unbound(udp));
        chain(out, "output", List.of("type route hook output priority -150; policy accept;", answers()));
        out.add("}");
        return String.join("\n", out) + "\n";
    }

    private static void chain(List<String> out, String name, List<String> lines) {
        out.add("\tchain " + name + " {");
        lines.forEach(line -> out.add("\t\t" + line));
        out.add("\t}");
    }

    /** The name of an interface may be none of nft(8)'s. */
    private static String named(String what, HubReply reply) {
        return what + "_" + Integer.toHexString(reply.number()) + (reply.v6() ? "_6" : "_4");
    }

    private static String asked(HubReply reply) {
        return named("asked", reply);
    }

    private static String who(HubReply reply) {
        return named("who", reply);
    }

    private static String ip(HubReply reply) {
        return reply.v6() ? "ip6" : "ip";
    }

    /** Who asked by UDP: address, port, and the port that was asked. */
    private static void set(List<String> out, HubReply reply) {
        String address = reply.v6() ? "ipv6_addr" : "ipv4_addr";
        out.addAll(List.of(
                "\tset " + who(reply) + " {",
                "\t\ttype " + address + " . inet_service . inet_service",
                "\t\tsize 65535",
                "\t\tflags dynamic,timeout",
                "\t\ttimeout " + REMEMBERED,
                "\t}"));
    }

    /** From its first packet on. */
    private static List<String> asking(HubReply reply) {
        List<String> out = new ArrayList<>();
        out.add("ct state new ct mark 0x00000000 ct mark set " + Numbers.shown(reply.number()));
        if (!ports(reply, Proto.UDP).isEmpty())
            out.add("meta l4proto udp update @" + who(reply) + " { " + ip(reply) + " saddr . udp sport . udp dport }");
        return out;
    }

    /**
     * By the interface comes from elsewhere what is published, and nothing else: that WireGuard takes all from the hub
     * shall let nobody reach the spoke whom it did not let before. Answers get their mark before they are routed.
     */
    private static List<String> prerouting(List<HubReply> replies) {
        List<String> out = new ArrayList<>(List.of("type filter hook prerouting priority -150; policy accept;"));
        for (HubReply reply : replies) {
            String in = "iifname \"" + reply.device() + "\" " + ip(reply) + " ";
            String to = in + "daddr " + reply.kept().address().text() + " ";
            if (!ports(reply, Proto.TCP).isEmpty())
                out.add(to + "tcp dport " + numbers(ports(reply, Proto.TCP)) + " goto " + asked(reply));
            if (!ports(reply, Proto.UDP).isEmpty())
                out.add(to + "udp dport " + numbers(ports(reply, Proto.UDP)) + " goto " + asked(reply));
            out.add(in + "saddr != " + prefixes(reply.kept().from()) + " ct state invalid,new drop");
        }
        out.add(answers());
        return out;
    }

    /**
     * A program that listens for UDP at all addresses and does not care answers from the address of the default route: it
     * gets the one that was asked, before the kernel looks which connection that belongs to.
     */
    private static List<String> unbound(List<HubReply> replies) {
        List<String> out = new ArrayList<>(List.of("type route hook output priority -310; policy accept;"));
        for (HubReply reply : replies)
            out.add("udp sport " + numbers(ports(reply, Proto.UDP)) + " " + ip(reply)
                    + " daddr . udp dport . udp sport @"
                    + who(reply) + " " + ip(reply) + " saddr set "
                    + reply.kept().address().text());
        return out;
    }

    private static String answers() {
        return "ct direction reply ct mark 0x" + Integer.toHexString(Numbers.HUBS) + "-0x"
                + Integer.toHexString(Numbers.HUBS | 0xffff) + " meta mark set ct mark";
    }

    private static List<Ports> ports(HubReply reply, Proto proto) {
        return reply.kept().ports(proto);
    }

    private static String numbers(List<Ports> ports) {
        return list(ports.stream().map(Ports::dashed).toList());
    }

    private static String prefixes(List<Cidr> prefixes) {
        return list(prefixes.stream().map(Cidr::toString).toList());
    }

    private static String list(List<String> words) {
        return words.size() == 1 ? words.getFirst() : words.stream().collect(Collectors.joining(", ", "{ ", " }"));
    }
}
