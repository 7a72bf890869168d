package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Firewall;
import org.linkctl.model.Firewall.Ports;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.model.Packets;
import org.linkctl.model.RulePackets;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;

/**
 * A nat or rdr rule of pf.conf(5). Filter rules see packets as they are after it; a rule of the inventory that speaks of
 * them as they were before is asked here, before they are translated: of such rules the last one that fits counts, as
 * among filter rules. What it blocks stays as it is and goes to the filter rules, where it is blocked.
 *
 * @param rdr false: it is a nat rule, for packets that go out
 * @param device the interface that they come in or go out by; null: any but the loopback
 * @param proto null: any
 * @param from the sources it is for; empty: any
 * @param called how the destination is written
 * @param to the destinations; empty: any
 * @param ports of the destination; empty: any
 * @param keepsPort the port is the same afterwards
 * @param target what comes after the arrow
 * @param tag that packets get; null: none
 */
record Translation(
        boolean rdr,
        @Nullable String device,
        boolean v6,
        @Nullable Proto proto,
        List<Cidr> from,
        String called,
        List<Ip> to,
        List<Ports> ports,
        boolean keepsPort,
        String target,
        @Nullable String tag) {
    /** pf.conf(5), "on": what the host says to itself is not passed on, and so nothing would translate the answers back. */
    static final String NOT_LOOPBACK = " on ! " + PfRules.LOOPBACK;

    /**
     * Its rules in pf.conf, of which the first that fits counts.
     *
     * @param asked the rules of the inventory; null: there are none
     */
    List<String> lines(@Nullable RulePackets asked, PfTables tables) {
        List<String> out = new ArrayList<>();
        if (asked != null) {
            int first = first(asked);
            for (int i = asked.rules().size() - 1; i >= first; i--) {
                if (meets(asked, i)) out.addAll(decided(asked, i, tables));
            }
        }
        String source = from.isEmpty() ? "any" : tables.of(from);
        out.add(line("", device, proto, source, called, ports, tag == null ? "" : PfTags.set(tag), " -> " + target));
        return out;
    }

    /** The rules of the inventory that let packets through here, by their place among all: they get a tag. */
    List<Integer> allowed(@Nullable RulePackets asked) {
        List<Integer> out = new ArrayList<>();
        if (asked == null) return out;
        for (int i = first(asked); i < asked.rules().size(); i++) {
            if (asked.rules().get(i).allow() && meets(asked, i)) out.add(i);
        }
        return out;
    }

    /** The first block that has to be asked here, since it, or a rule after it, speaks of what is translated. */
    private int first(RulePackets asked) {
        List<Firewall.Rule> rules = asked.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).allow() || !meets(asked, i)) continue;
            for (int j = i; j < rules.size(); j++) {
                if (speaksOfBefore(rules.get(j)) && meets(asked, j)) return i;
            }
        }
        return rules.size();
    }

    private boolean speaksOfBefore(Firewall.Rule rule) {
        return rdr
                ? !rule.to().isEmpty() || (rule.ports() != null && !keepsPort)
                : !rule.from().isEmpty();
    }

    private boolean meets(RulePackets asked, int index) {
        // Nobody knows the addresses of such an interface.
        if (rdr && to.isEmpty() && !asked.rules().get(index).to().isEmpty()) return false;
        IpSet sources = from.isEmpty() ? IpSet.any(v6) : IpSet.of(from, v6);
        List<Cidr> hosts = to.stream().map(Cidr::host).toList();
        IpSet destinations = to.isEmpty() ? IpSet.any(v6) : IpSet.of(hosts, v6);
        Packets packets = asked.of(index, v6);
        if (ports.isEmpty()) return packets.meets(new Packets(rdr, device, proto, sources, destinations, null));
        return ports.stream()
                .anyMatch(range -> packets.meets(new Packets(rdr, device, proto, sources, destinations, range)));
    }

    /** What a rule of the inventory says of the packets that both are for. */
    private List<String> decided(RulePackets asked, int index, PfTables tables) {
        Firewall.Rule rule = asked.rules().get(index);
        Packets packets = asked.of(index, v6);
        PfRule words = new PfRule(tables);
        String source = from.isEmpty()
                ? words.peers(rule.from(), v6)
                : rule.from().isEmpty()
                        ? tables.of(from)
                        : tables.of(packets.from().and(IpSet.of(from, v6)).prefixes());
        Proto both = proto == null ? rule.proto() : proto;
        List<Ports> range = ports.isEmpty()
                ? Stream.ofNullable(rule.ports()).toList()
                : ports.stream()
                        .flatMap(one -> common(one, rule.ports()).stream())
                        .toList();
        String end = rule.allow() ? PfTags.set(PfTags.byRule(index)) : "";
        String arrow = rule.allow() ? " -> " + target : "";
        String by = device == null ? rule.inbound() : device;
        return destinations(rule, packets, words).stream()
                .map(destination -> line(rule.allow() ? "" : "no ", by, both, source, destination, range, end, arrow))
                .toList();
    }

    private List<String> destinations(Firewall.Rule rule, Packets packets, PfRule words) {
        if (to.isEmpty() && !rdr) return List.of(words.peers(rule.to(), v6));
        if (rule.to().isEmpty()) return List.of(called);
        List<Ip> named = to.stream()
                .filter(address -> packets.to().meets(IpSet.of(List.of(Cidr.host(address)), v6)))
                .toList();
        return named.equals(to) ? List.of(called) : named.stream().map(Ip::text).toList();
    }

    private static List<Ports> common(Ports one, @Nullable Ports other) {
        if (other == null) return List.of(one);
        int from = Math.max(one.from(), other.from());
        int to = Math.min(one.to(), other.to());
        return from > to ? List.of() : List.of(new Ports(from, to));
    }

    private String line(
            String no,
            @Nullable String by,
            @Nullable Proto what,
            String source,
            String to,
            List<Ports> range,
            String end,
            String arrow) {
        return no + (rdr ? "rdr" : "nat") + (by == null ? NOT_LOOPBACK : PfRule.on(by)) + PfRule.family(v6)
                + PfRule.proto(what, v6) + " from " + source + " to " + to + PfRule.ports(range) + end + arrow;
    }
}
