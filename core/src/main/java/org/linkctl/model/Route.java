package org.linkctl.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Place;

/**
 * Each of two sites' LANs reaches the other over one or several tunnels.
 *
 * @param between two site names
 * @param via tunnel names, in the declared order
 * @param weights by tunnel name; 1 where nothing is said
 */
public record Route(
        List<String> between, List<String> via, Map<String, Integer> weights, Hash hash, Failover failover, Place at)
        implements Intent {
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
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights)); // Map.copyOf has another order each run
    }

    public int weight(String tunnel) {
        return weights.getOrDefault(tunnel, 1);
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
}
