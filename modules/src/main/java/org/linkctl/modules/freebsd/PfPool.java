package org.linkctl.modules.freebsd;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.net.Ip;
import org.linkctl.net.Relation;

/**
 * The next hops that connections of one address family are spread over (pf.conf(5), route-to).
 *
 * @param hops in their order, each as often as it weighs
 * @param from a prefix or a table, as pf.conf has it
 * @param to the same
 * @param tables that from and to name, as pf.conf defines them
 * @param blocks the inventory has blocks for some of these connections
 * @param within they are a part of those of another pool, which comes later
 */
record PfPool(
        String inbound,
        List<Hop> hops,
        boolean sticky,
        boolean v6,
        String from,
        String to,
        List<String> tables,
        boolean blocks,
        boolean within) {
    /** Rules that stand before those of pf.conf, while one of the hops is dead; else it holds nothing. */
    static final String ANCHOR = "linkctl-balance";

    /** A next hop and the interface on whose network it is. */
    record Hop(String device, Ip address) {
        @Override
        public String toString() {
            return "(" + PfWords.name(device) + " " + address + ")";
        }
    }

    /** The anchor as pfctl(8) names it, which the rules that name it stand in. */
    static String anchor(Fabric fabric, Host host) {
        return fabric.ruleset(host) == Firewall.Ruleset.MAIN ? ANCHOR : PfAnchor.NAME + "/" + ANCHOR;
    }

    /** The names of balances that are sticky over several interfaces. */
    static List<String> scattered(Fabric fabric, Host host) {
        return fabric.balances(host).stream()
                .filter(Balance::sticky)
                .filter(balance -> balance.over().stream()
                                .map(hop -> fabric.deviceTowards(host, hop))
                                .distinct()
                                .count()
                        > 1)
                .map(Balance::name)
                .toList();
    }

    /** The narrower ones first: the first one that fits a connection counts. */
    static List<PfPool> of(Fabric fabric, Host host) {
        List<PfPool> out = new ArrayList<>();
        if (fabric.balances(host).isEmpty()) return out;
        PfTables tables = new PfTables("linkctl_balance_");
        PfBlocks blocks = new PfBlocks(fabric, host);
        for (boolean v6 : new boolean[] {false, true}) {
            List<Balance> balances = fabric.balances(host).stream()
                    .filter(balance -> Overlap.isFor(balance, v6))
                    .toList();
            for (Balance balance : Relation.narrowerFirst(balances, (a, b) -> Overlap.of(a, b, v6))) {
                boolean within =
                        balances.stream().anyMatch(other -> Overlap.of(balance, other, v6) == Relation.NARROWER);
                out.add(of(fabric, host, balance, v6, tables, blocks, within));
            }
        }
        return out;
    }

    private static PfPool of(
            Fabric fabric, Host host, Balance balance, boolean v6, PfTables all, PfBlocks blocks, boolean within) {
        List<Hop> pool = new ArrayList<>();
        for (Ip hop : balance.over()) {
            if (hop.isV6() != v6) continue;
            String device = fabric.deviceTowards(host, hop).orElseThrow();
            for (int i = 0; i < balance.weight(hop); i++) pool.add(new Hop(device, hop));
        }
        Destinations to = Destinations.of(fabric, host, balance, v6);
        String source = all.of(Destinations.family(balance.from(), v6));
        String destination = all.of(to.prefixes(), to.without());
        List<String> tables = all.definitions().stream()
                .filter(line ->
                        line.startsWith("table " + source + " ") || line.startsWith("table " + destination + " "))
                .toList();
        return new PfPool(
                balance.inbound(),
                List.copyOf(pool),
                balance.sticky(),
                v6,
                source,
                destination,
                tables,
                blocks.any(balance, v6),
                within);
    }

    /** What stands before the hops. */
    String before() {
        return "pass in quick on " + PfWords.name(inbound) + " route-to";
    }

    /** What stands after them, up to what tells packets apart. */
    String after() {
        return "round-robin" + (sticky ? " sticky-address" : "") + (v6 ? " inet6" : " inet");
    }

    /** From where to where. */
    String path() {
        return "from " + from + " to " + to;
    }

    /** The same in a rule, which leaves out what the inventory blocks. */
    String peers() {
        return path() + (blocks ? PfTags.lacks(PfTags.BLOCKED) : "");
    }

    /**
     * Whether answers go by without the host: those of a next hop on the network that connections come from do. pf sees
     * one half of such a connection.
     */
    private boolean half() {
        return hops.stream().anyMatch(hop -> hop.device().equals(inbound));
    }

    /**
     * How pf follows a connection. What it sees one half of it would forget when that is idle for 30 s (pf.conf(5),
     * tcp.opening), and it would take what is sent again for wrong. A sloppy state takes the half for a whole connection
     * (pf.c, pf_tcp_track_sloppy).
     */
    String keep() {
        return half() ? "keep state (sloppy)" : "keep state";
    }

    /** The rules of pf.conf, with all hops. Where half is seen, it is half where packets leave, too. */
    List<String> rules() {
        String all = String.join(", ", hops.stream().map(Hop::toString).toList());
        String spread = before() + " { " + all + " } " + after() + " " + peers() + " " + keep();
        String leave = "pass out on " + PfWords.name(inbound) + (v6 ? " inet6 " : " inet ") + peers() + " " + keep();
        return half() ? List.of(spread, leave) : List.of(spread);
    }
}
