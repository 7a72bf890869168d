package org.linkctl.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What a host, or each host of a pair, lets through.
 *
 * @param on a pair or a host
 * @param ruleset whose rules it stands among
 * @param policy what becomes of packets that nothing allows
 * @param skip interfaces on which nothing is filtered
 * @param log the interface whose packets are counted; null: none
 * @param limits by the names of {@link Limit}
 */
public record Firewall(
        String on,
        Ruleset ruleset,
        Policy policy,
        List<String> skip,
        @Nullable String log,
        Map<String, Integer> limits,
        List<Table> tables,
        List<Rule> rules,
        List<Nat> nats,
        List<Redirect> redirects,
        Place at)
        implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return on;
    }

    /** Whose the rules are that a host runs with (pf.conf(5), main ruleset and anchors). */
    public enum Ruleset {
        /** All of them are linkctl's. */
        MAIN,
        /** Somebody else's, with an anchor of linkctl's among them. */
        ANCHOR
    }

    /** What becomes of a packet that may not pass. */
    public enum Policy {
        /** It is dropped, and nobody is told. */
        DROP,
        /** Its sender is told. */
        REJECT
    }

    /** Protocols that rules tell apart. */
    public enum Proto {
        TCP,
        UDP,
        /** Of IPv4 and of IPv6. */
        ICMP
    }

    /** How much the kernel keeps at the most (pf.conf(5), set limit). */
    public enum Limit {
        STATES("states", "states"),
        SRC_NODES("srcNodes", "src-nodes"),
        FRAGS("frags", "frags"),
        TABLE_ENTRIES("tableEntries", "table-entries");

        private final String word;
        private final String pf;

        Limit(String word, String pf) {
            this.word = word;
            this.pf = pf;
        }

        /** As inventories have it. */
        public String word() {
            return word;
        }

        /** As pf.conf(5) and pfctl(8) have it. */
        public String pf() {
            return pf;
        }
    }

    /** One side of a packet: a prefix, or a table of them. */
    public sealed interface Peer {
        /** A prefix. */
        record Net(Cidr prefix) implements Peer {}

        /** A table of this firewall. */
        record Of(String table) implements Peer {}
    }

    /** Prefixes with a name, which rules use as {@code <name>}. */
    public record Table(String name, List<Cidr> addresses, Place at) {
        public Table {
            addresses = List.copyOf(addresses);
        }
    }

    /** Ports from one to another; both are in. */
    public record Ports(int from, int to) {
        public boolean contains(int port) {
            return from <= port && port <= to;
        }

        public boolean meets(Ports other) {
            return from <= other.to && other.from <= to;
        }

        /** Those of both, which meet. */
        public Ports common(Ports other) {
            return new Ports(Math.max(from, other.from), Math.min(to, other.to));
        }

        /** As inventories have it. */
        public String written() {
            return joined("..");
        }

        /** As programs have it: {@code 8000-8010}. */
        public String dashed() {
            return joined("-");
        }

        private String joined(String between) {
            return from == to ? Integer.toString(from) : from + between + to;
        }

        /** Those of all, in order, each port once. */
        public static List<Ports> union(Collection<Ports> all) {
            List<Ports> out = new ArrayList<>();
            for (Ports next :
                    all.stream().sorted(Comparator.comparingInt(Ports::from)).toList()) {
                Ports last = out.isEmpty() ? null : out.getLast();
                if (last == null || next.from > last.to + 1) out.add(next);
                else out.set(out.size() - 1, new Ports(last.from, Math.max(last.to, next.to)));
            }
            return List.copyOf(out);
        }
    }

    /**
     * What passes, or does not. Of several rules for one packet the last one counts.
     *
     * @param allow false: it is blocked
     * @param inbound the interface it comes in by; null: not said
     * @param outbound the interface it goes out by; null: not said
     * @param proto null: any
     * @param from empty: anybody
     * @param to empty: anybody
     * @param ports of the destination; null: any
     */
    public record Rule(
            boolean allow,
            @Nullable String inbound,
            @Nullable String outbound,
            @Nullable Proto proto,
            List<Peer> from,
            List<Peer> to,
            @Nullable Ports ports,
            Place at) {
        public Rule {
            from = List.copyOf(from);
            to = List.copyOf(to);
        }
    }

    /**
     * What goes out by an interface has this address then.
     *
     * @param address null: the first address of the interface
     */
    public record Nat(
            String outbound, List<Cidr> from, @Nullable Ip address, Place at) {
        public Nat {
            from = List.copyOf(from);
        }
    }

    /**
     * What comes in for one address and port goes to another.
     *
     * @param address the address it was sent to; null: any of the interface
     * @param toPort null: the same
     */
    public record Redirect(
            String inbound,
            Proto proto,
            @Nullable Ip address,
            Ports ports,
            Ip to,
            @Nullable Integer toPort,
            Place at) {}

    public Firewall {
        skip = List.copyOf(skip);
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits)); // Map.copyOf has another order each run
        tables = List.copyOf(tables);
        rules = List.copyOf(rules);
        nats = List.copyOf(nats);
        redirects = List.copyOf(redirects);
    }
}
