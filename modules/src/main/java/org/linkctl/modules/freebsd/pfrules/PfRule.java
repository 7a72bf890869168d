package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Firewall;
import org.linkctl.net.Cidr;

/** Rules of the inventory as lines of pf.conf(5): one for each address family that they are for. */
final class PfRule {
    private final PfTables tables;

    PfRule(PfTables tables) {
        this.tables = tables;
    }

    /** @param tag that the packets get; empty: none */
    List<String> lines(Firewall.Rule rule, String tag) {
        boolean bare = rule.proto() != Firewall.Proto.ICMP && bare(rule.from()) && bare(rule.to());
        if (bare) {
            return List.of(line(rule, "", proto(rule.proto()), all(rule.from()), all(rule.to()), tag));
        }
        List<String> out = new ArrayList<>();
        for (boolean v6 : new boolean[] {false, true}) {
            if (lacks(rule.from(), v6) || lacks(rule.to(), v6)) continue;
            String proto = proto(rule.proto(), v6);
            out.add(line(rule, family(v6), proto, peers(rule.from(), v6), peers(rule.to(), v6), tag));
        }
        return out;
    }

    private static String line(Firewall.Rule rule, String family, String proto, String from, String to, String tag) {
        return action(rule) + family + proto + " from " + from + " to " + to
                + (rule.ports() == null ? "" : port(rule.ports())) + tag;
    }

    /** Its beginning: what it does, with what direction and interface. */
    static String action(Firewall.Rule rule) {
        String outbound = rule.outbound();
        String on = outbound != null ? outbound : rule.inbound();
        return (rule.allow() ? "pass " : "block ") + (outbound != null ? "out" : "in") + (on == null ? "" : on(on));
    }

    /** Something is said, and none of it is of the family. */
    static boolean lacks(List<Firewall.Peer> peers, boolean v6) {
        return !peers.isEmpty()
                && peers.stream()
                        .noneMatch(peer -> !(peer instanceof Firewall.Peer.Net(Cidr prefix)) || prefix.isV6() == v6);
    }

    /** Whether nothing of it is of one address family alone. */
    private static boolean bare(List<Firewall.Peer> peers) {
        return peers.stream().noneMatch(Firewall.Peer.Net.class::isInstance);
    }

    /** Tables hold addresses of both families. */
    private String all(List<Firewall.Peer> peers) {
        return peers(peers, false);
    }

    /** Addresses of one family, and tables. */
    String peers(List<Firewall.Peer> peers, boolean v6) {
        List<Cidr> prefixes = peers.stream()
                .flatMap(peer -> peer instanceof Firewall.Peer.Net(Cidr prefix) ? Stream.of(prefix) : Stream.empty())
                .filter(prefix -> prefix.isV6() == v6)
                .toList();
        Stream<String> named = peers.stream()
                .flatMap(peer -> peer instanceof Firewall.Peer.Of(String table)
                        ? Stream.of(PfWords.table(table))
                        : Stream.<String>empty());
        Stream<String> listed = prefixes.isEmpty() ? Stream.of() : Stream.of(tables.of(prefixes));
        return PfWords.list(Stream.concat(named, listed).distinct().toList());
    }

    static String on(String device) {
        return " on " + PfWords.name(device);
    }

    static String family(boolean v6) {
        return v6 ? " inet6" : " inet";
    }

    static String proto(Firewall.@Nullable Proto proto) {
        return proto == null ? "" : " proto " + proto.name().toLowerCase(Locale.ROOT);
    }

    static String proto(Firewall.@Nullable Proto proto, boolean v6) {
        return v6 && proto == Firewall.Proto.ICMP ? " proto ipv6-icmp" : proto(proto);
    }

    static String port(Firewall.Ports ports) {
        return ports(List.of(ports));
    }

    /** None: any. */
    static String ports(List<Firewall.Ports> ports) {
        if (ports.isEmpty()) return "";
        return " port "
                + PfWords.list(ports.stream()
                        .map(one -> one.from() == one.to() ? "" + one.from() : one.from() + ":" + one.to())
                        .toList());
    }
}
