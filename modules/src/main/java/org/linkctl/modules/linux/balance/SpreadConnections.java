package org.linkctl.modules.linux.balance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.modules.balancing.Destinations;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;
import org.linkctl.net.Relation;

/**
 * Connections of one address family that are spread over next hops.
 *
 * @param without what of these is not spread
 * @param hops in their order, each as often as it weighs
 */
record SpreadConnections(
        String name,
        boolean v6,
        String inbound,
        boolean sticky,
        List<Cidr> from,
        List<Cidr> to,
        List<Cidr> without,
        List<NextHop> hops) {
    SpreadConnections {
        from = List.copyOf(from);
        to = List.copyOf(to);
        without = List.copyOf(without);
        hops = List.copyOf(hops);
    }

    /** The narrower ones first: the first one that fits a connection counts. */
    static List<SpreadConnections> of(Fabric fabric, Host host) {
        Map<Ip, String> devices = new LinkedHashMap<>();
        for (Balance balance : fabric.of(Balance.class, host)) {
            for (Ip hop : balance.over())
                devices.put(hop, fabric.deviceTowards(host, hop).orElseThrow());
        }
        Map<Ip, NextHop> hops = NextHop.marked(devices);
        List<SpreadConnections> out = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            List<Balance> balances = fabric.of(Balance.class, host).stream()
                    .filter(balance -> Overlap.isFor(balance, v6))
                    .toList();
            for (Balance balance : Relation.narrowerFirst(balances, (a, b) -> Overlap.of(a, b, v6)))
                out.add(of(fabric, host, balance, v6, hops));
        }
        return out;
    }

    private static SpreadConnections of(
            Fabric fabric, Host host, Balance balance, boolean v6, Map<Ip, NextHop> marked) {
        List<NextHop> hops = new ArrayList<>();
        for (Ip hop : balance.over()) {
            if (hop.isV6() != v6) continue;
            for (int i = 0; i < balance.weight(hop); i++) hops.add(Objects.requireNonNull(marked.get(hop)));
        }
        Destinations to = Destinations.of(fabric, host, balance, v6);
        return new SpreadConnections(
                balance.name(),
                v6,
                balance.inbound(),
                balance.sticky(),
                IpSet.of(Destinations.family(balance.from(), v6), v6).prefixes(),
                to.asked().prefixes(),
                to.left().prefixes(),
                hops);
    }

    /** For messages. */
    String subject() {
        return "balance " + name + (v6 ? " IPv6" : " IPv4");
    }

    /** Those of all, each once. */
    static List<NextHop> hops(List<SpreadConnections> all) {
        LinkedHashSet<NextHop> out = new LinkedHashSet<>();
        all.forEach(one -> out.addAll(one.hops()));
        return List.copyOf(out);
    }
}
