package org.linkctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Firewall.Ruleset;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * Connections that come in by one interface are spread over several next hops, one after the other (pf.conf(5),
 * route-to and round-robin).
 *
 * @param on a pair, or a host, of the site
 * @param inbound the interface by which the connections come
 * @param over next hops, each on a network of the host
 * @param weights by next hop as it is written; 1 where nothing is said
 * @param sticky all connections of one source take one next hop
 * @param ruleset null: that of the host's firewall, and without one the main ruleset
 */
public record Balance(
        String name,
        String site,
        String on,
        String inbound,
        List<Cidr> from,
        List<Cidr> to,
        List<Ip> over,
        Map<String, Integer> weights,
        boolean sticky,
        @Nullable Ruleset ruleset,
        Place at)
        implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return on;
    }

    public Balance {
        from = List.copyOf(from);
        to = List.copyOf(to);
        over = List.copyOf(over);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights)); // Map.copyOf has another order each run
    }

    public int weight(Ip hop) {
        return weights.getOrDefault(hop.text(), 1);
    }
}
