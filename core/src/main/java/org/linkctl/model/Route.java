package org.linkctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;

/**
 * Each of two sites' LANs reaches the other over one or several tunnels.
 *
 * @param between two site names
 * @param via tunnel names, in the declared order
 * @param weights by tunnel name; 1 where nothing is said
 * @param prefer tunnel names, the most wanted first, those in one list alike; what is in none comes last. Empty: all are alike
 * @param everythingFrom sources within the LAN of one of the sites, of which everything goes over the tunnels, wherever it is for
 * @param bfd whether silence of a tunnel is noticed by BFD (RFC 5880), beside BGP's own hold time
 * @param hold BGP's hold time (RFC 4271, section 4.2) by tunnel name, in seconds; {@link #HOLD} where nothing is said
 */
public record Route(
        List<String> between,
        List<String> via,
        Map<String, Integer> weights,
        List<List<String>> prefer,
        List<Cidr> everythingFrom,
        Hash hash,
        Failover failover,
        Protocol protocol,
        boolean bfd,
        Map<String, Integer> hold,
        Place at)
        implements Intent {
    /** Three keepalives of three seconds, as is usual within a site; RFC 4271 suggests 90. */
    public static final int HOLD = 9;

    /** Who says which LANs are behind a tunnel. */
    public enum Protocol {
        /** The inventory: both ends set the route themselves. */
        STATIC,
        /** Each end announces its LANs to the other (RFC 4271). */
        BGP
    }

    /** What a flow is, when one of several paths is chosen for it (net.ipv4.fib_multipath_hash_policy). */
    public enum Hash {
        /** Source and destination address. */
        L3(0),
        /** Addresses, protocol and ports. */
        L4(1);

        private final int policy;

        Hash(int policy) {
            this.policy = policy;
        }

        /** The value of {@code net.ipv4.fib_multipath_hash_policy} (kernel: ip-sysctl.rst). */
        public int policy() {
            return policy;
        }
    }

    /** What happens when a tunnel is dead. */
    public enum Failover {
        /** Nothing: its share of the flows is lost until it is back. */
        NONE,
        /** A watcher on each end takes it out of the route and puts it back. */
        WATCH
    }

    public Route {
        between = List.copyOf(between);
        via = List.copyOf(via);
        prefer = prefer.stream().map(List::copyOf).toList();
        everythingFrom = List.copyOf(everythingFrom);
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights)); // Map.copyOf has another order each run
        hold = Collections.unmodifiableMap(new LinkedHashMap<>(hold));
    }

    public boolean isBgp() {
        return protocol == Protocol.BGP;
    }

    /** BGP's hold time over a tunnel, in seconds. */
    public int hold(String tunnel) {
        return hold.getOrDefault(tunnel, HOLD);
    }

    public int weight(String tunnel) {
        return weights.getOrDefault(tunnel, 1);
    }

    /** Whether some of its tunnels are used only when others are dead. */
    public boolean isOrdered() {
        return !prefer.isEmpty();
    }

    /** How much a tunnel is wanted: 0 for the most. */
    public int rank(String tunnel) {
        for (int i = 0; i < prefer.size(); i++) if (prefer.get(i).contains(tunnel)) return i;
        return prefer.size();
    }

    public boolean joins(String site) {
        return between.contains(site);
    }

    public String otherThan(String site) {
        return between.getFirst().equals(site) ? between.getLast() : between.getFirst();
    }

    /** Names the route in ids, files and plans, such as {@code a-b}. */
    public String label() {
        return String.join("-", between);
    }

    /** Its sites, as a text of a playbook has it: {@code "$route"}. */
    @Override
    public String toString() {
        return String.join(" and ", between);
    }
}
