package org.linkctl.modules.linux.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.linux.nftables.OwnTable;
import org.linkctl.net.Cidr;

/**
 * The table of nftables that marks what is spread. A packet's addresses and ports choose a slot of a map (nft(8), "jhash"),
 * and which next hop's mark a slot has is the watcher's. No connection has to be followed for that: where answers go by
 * without this host, it sees one half of each (pf calls such states sloppy), and the other host of a pair chooses alike.
 */
final class BalanceRules {
    static final OwnTable TABLE = new OwnTable("linkctl_balance", "/run/linkctl-balance/rules", true);

    /** So many slots that weights of up to 16 are met, and that what a dead one had is spread over all others. */
    private static final int SLOTS = 256;

    /** Any number; the same on both hosts of a pair. */
    private static final String SEED = "0x6c63";

    private BalanceRules() {}

    static String map(SpreadConnections one) {
        return "slots_" + suffix(one);
    }

    /** The marks of the next hops that answer. */
    private static String live(SpreadConnections one) {
        return "live_" + suffix(one);
    }

    private static String suffix(SpreadConnections one) {
        return one.name() + (one.v6() ? "_6" : "_4");
    }

    /** A multiple of the weights' sum, so that each has its share exactly. */
    static int slots(SpreadConnections one) {
        int weights = one.hops().size();
        return Math.ceilDiv(SLOTS, weights) * weights;
    }

    /** Named first, so that there is one to delete (nft(8), "TABLES"). */
    static String file(List<SpreadConnections> all) {
        List<String> out = new ArrayList<>(List.of(
                OurFiles.MARK,
                "table inet " + TABLE.name(),
                "delete table inet " + TABLE.name(),
                "table inet " + TABLE.name() + " {"));
        for (SpreadConnections one : all) out.addAll(chains(one));
        out.addAll(block("chain prerouting", prerouting(all)));
        List<String> redirects = redirects(all);
        if (!redirects.isEmpty()) out.addAll(block("chain output", redirects));
        out.add("}");
        return String.join("\n", out) + "\n";
    }

    private static List<String> block(String head, List<String> lines) {
        List<String> out = new ArrayList<>();
        out.add("\t" + head + " {");
        lines.forEach(line -> out.add("\t\t" + line));
        out.add("\t}");
        return out;
    }

    /**
     * Of protocols with ports (TCP, UDP, DCCP, SCTP, UDP-Lite) each connection for itself; of others, and of fragments
     * where nothing puts them together, all between two addresses. What conntrack knows stays with its next hop for as long
     * as that answers, also when another one comes back; a connection that has somebody else's mark has none of ours.
     */
    private static List<String> chains(SpreadConnections one) {
        String ip = one.v6() ? "ip6" : "ip";
        String to = " mod " + slots(one) + " seed " + SEED + " goto mark_" + suffix(one);
        List<String> choose = new ArrayList<>();
        choose.add("ct mark @" + live(one) + " meta mark set ct mark return");
        if (one.sticky()) {
            choose.add("meta mark set jhash " + ip + " saddr" + to);
        } else {
            String addresses = ip + " saddr . " + ip + " daddr . meta l4proto";
            choose.add("meta l4proto { 6, 17, 33, 132, 136 } meta mark set jhash " + addresses
                    + " . th sport . th dport" + to);
            choose.add("meta mark set jhash " + addresses + to);
        }
        List<String> out = new ArrayList<>(block("map " + map(one), List.of("type mark : mark")));
        out.addAll(block("set " + live(one), List.of("type mark")));
        String keep = " ct mark set meta mark";
        out.addAll(block(
                "chain mark_" + suffix(one),
                List.of(
                        "meta mark set meta mark map @" + map(one),
                        "ct mark 0x00000000" + keep,
                        "ct mark & 0xffff0000 == 0x" + Integer.toHexString(NextHop.MARKS) + keep)));
        out.addAll(block("chain to_" + suffix(one), choose));
        return out;
    }

    /** After what redirects them has changed addresses. Answers of known connections go where those came from. */
    private static List<String> prerouting(List<SpreadConnections> all) {
        List<String> out = new ArrayList<>(List.of(
                "type filter hook prerouting priority dstnat + 5; policy accept;",
                "ct direction reply return",
                "fib daddr type { local, broadcast, anycast, multicast } return"));
        for (SpreadConnections one : all) out.add(matches(one) + "goto to_" + suffix(one));
        return out;
    }

    /** What comes in by which interface, from where, for where. */
    private static String matches(SpreadConnections one) {
        String ip = one.v6() ? "ip6 " : "ip ";
        String from = addresses(one.from());
        String to = addresses(one.to());
        return "iifname \"" + one.inbound() + "\" "
                + (from.isEmpty() && to.isEmpty() ? "meta nfproto " + (one.v6() ? "ipv6 " : "ipv4 ") : "")
                + (from.isEmpty() ? "" : ip + "saddr " + from + " ")
                + (to.isEmpty() ? "" : ip + "daddr " + to + " ")
                + (one.without().isEmpty() ? "" : ip + "daddr != " + addresses(one.without()) + " ");
    }

    /** Empty for every address. */
    private static String addresses(List<Cidr> prefixes) {
        if (prefixes.getFirst().length() == 0) return "";
        if (prefixes.size() == 1) return prefixes.getFirst().toString();
        return prefixes.stream().map(Cidr::toString).collect(Collectors.joining(", ", "{ ", " }"));
    }

    /**
     * A next hop on the interface by which connections come is one that their senders could take themselves: the kernel
     * would tell them so (RFC 1812, section 5.2.7.2; RFC 4861, section 8), and nothing would be spread any more.
     */
    private static List<String> redirects(List<SpreadConnections> all) {
        TreeSet<String> devices = new TreeSet<>();
        for (SpreadConnections one : all) {
            if (one.hops().stream().anyMatch(hop -> hop.device().equals(one.inbound()))) devices.add(one.inbound());
        }
        List<String> out = new ArrayList<>();
        if (devices.isEmpty()) return out;
        out.add("type filter hook output priority filter; policy accept;");
        for (String device : devices) {
            out.add("oifname \"" + device + "\" icmp type redirect drop");
            out.add("oifname \"" + device + "\" icmpv6 type nd-redirect drop");
        }
        return out;
    }
}
