package org.linkctl.modules.freebsd;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The next hops that connections of one address family are spread over (pf.conf(5), route-to).
 *
 * @param hops in their order, each as often as it weighs
 * @param from a list of prefixes, as pf.conf has it
 * @param to the same
 */
record PfPool(String inbound, List<Hop> hops, boolean sticky, boolean v6, String from, String to) {
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

    static List<PfPool> of(Fabric fabric, Host host) {
        List<PfPool> out = new ArrayList<>();
        for (Balance balance : fabric.balances(host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                List<Ip> hops =
                        balance.over().stream().filter(hop -> hop.isV6() == v6).toList();
                if (hops.isEmpty() || unlike(balance.from(), v6) || unlike(balance.to(), v6)) continue;
                List<Hop> pool = new ArrayList<>();
                for (Ip hop : hops) {
                    String device = fabric.deviceTowards(host, hop).orElseThrow();
                    for (int i = 0; i < balance.weight(hop); i++) pool.add(new Hop(device, hop));
                }
                String from = PfWords.list(PfWords.prefixes(balance.from(), v6));
                out.add(new PfPool(balance.inbound(), List.copyOf(pool), balance.sticky(), v6, from, to(balance, v6)));
            }
        }
        return out;
    }

    /** What goes anywhere does not go on if it is for the host itself. */
    private static String to(Balance balance, boolean v6) {
        boolean anywhere = balance.to().stream().anyMatch(prefix -> prefix.isV6() == v6 && prefix.length() == 0);
        return anywhere ? "! (self)" : PfWords.list(PfWords.prefixes(balance.to(), v6));
    }

    /** Something is said, and none of it is of this family. */
    private static boolean unlike(List<Cidr> prefixes, boolean v6) {
        return !prefixes.isEmpty() && prefixes.stream().noneMatch(prefix -> prefix.isV6() == v6);
    }

    /** What stands before the hops. */
    String before() {
        return "pass in quick on " + PfWords.name(inbound) + " route-to";
    }

    /** What stands after them, up to what tells packets apart. */
    String after() {
        return "round-robin" + (sticky ? " sticky-address" : "") + (v6 ? " inet6" : " inet");
    }

    String peers() {
        return "from " + from + " to " + to;
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
