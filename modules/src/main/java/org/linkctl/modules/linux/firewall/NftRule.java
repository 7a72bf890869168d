package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;
import org.linkctl.net.Relation;

/**
 * Rules of the inventory as rules of nft(8). A packet whose addresses are translated is known by both: what came in for
 * another address is looked at as it is now, and as its connection tells that it was ("ct original"). What goes out gets
 * another source only after the filters, so that what it will be is worked out here.
 */
final class NftRule {
    private final Fabric fabric;
    private final Host host;
    private final Firewall firewall;
    private final NftSets sets;

    NftRule(Fabric fabric, Host host, Firewall firewall, NftSets sets) {
        this.fabric = fabric;
        this.host = host;
        this.firewall = firewall;
        this.sets = sets;
    }

    /** Its lines, in any order: each is for packets that it is for. */
    List<String> lines(Firewall.Rule rule) {
        String verdict = rule.allow() ? "return" : "goto " + NftTable.stop(rule.outbound() == null);
        List<String> out = new ArrayList<>();
        for (String match : matches(rule)) out.add(match + verdict);
        return out;
    }

    private List<String> matches(Firewall.Rule rule) {
        List<String> out = new ArrayList<>();
        String on = on(rule);
        if (rule.from().isEmpty() && rule.to().isEmpty()) {
            out.add(on + NftWords.transport(rule.proto(), rule.ports(), null));
            if (rule.outbound() == null && rule.ports() != null) out.add(on + original(rule, "", null));
            return out;
        }
        for (boolean v6 : new boolean[] {false, true}) {
            if (sets.lacks(rule.from(), v6) || sets.lacks(rule.to(), v6)) continue;
            String to = rule.to().isEmpty() ? "" : address("daddr", rule.to(), v6);
            String from = rule.from().isEmpty() ? "" : address("saddr", rule.from(), v6);
            String rest = NftWords.transport(rule.proto(), rule.ports(), v6);
            // A set that holds every address of the family leaves nothing to match but the family.
            String family = to.isEmpty() && from.isEmpty() ? NftWords.family(v6) : "";
            out.add(on + family + from + to + rest);
            if (rule.outbound() != null) out.addAll(translated(rule, on, to + rest, v6));
            else if (!to.isEmpty() || rule.ports() != null) {
                String side = family + from;
                out.add(on + (side.isEmpty() ? NftWords.family(v6) : side) + original(rule, to, v6));
            }
        }
        return out;
    }

    private static String on(Firewall.Rule rule) {
        if (rule.outbound() != null) return "oifname " + NftWords.device(rule.outbound()) + " ";
        return rule.inbound() == null ? "" : "iifname " + NftWords.device(rule.inbound()) + " ";
    }

    /** As it came, before its destination was translated. */
    private static String original(Firewall.Rule rule, String to, @Nullable Boolean v6) {
        String proto = rule.proto() == null ? "" : "meta l4proto " + protocols(rule.proto(), v6) + " ";
        String port = rule.ports() == null ? "" : "ct original proto-dst " + NftWords.range(rule.ports()) + " ";
        return "ct status dnat " + (to.isEmpty() ? "" : "ct original " + to) + proto + port;
    }

    private static String protocols(Firewall.Proto proto, @Nullable Boolean v6) {
        if (v6 == null && proto == Firewall.Proto.ICMP) return "{ " + NftWords.ICMP + ", " + NftWords.ICMPV6 + " }";
        return "" + NftWords.number(proto, Boolean.TRUE.equals(v6));
    }

    private String address(String field, List<Firewall.Peer> peers, boolean v6) {
        String set = sets.of(peers, v6);
        return set.isEmpty() ? "" : NftWords.ip(v6) + field + " " + set + " ";
    }

    /** What goes out with an address that the rule names as its source, and has another one until then. */
    private List<String> translated(Firewall.Rule rule, String on, String rest, boolean v6) {
        List<String> out = new ArrayList<>();
        if (rule.from().isEmpty()) return out;
        IpSet named = IpSet.of(sets.addresses(rule.from()), v6);
        List<Firewall.Nat> narrower = new ArrayList<>();
        for (Firewall.Nat nat : Relation.narrowerFirst(firewall.nats(), (a, b) -> Overlap.of(a, b, v6))) {
            boolean here = nat.outbound().equals(rule.outbound()) && hasFamily(nat, v6);
            if (!here) continue;
            boolean meant = sources(nat, v6).stream()
                    .anyMatch(address -> named.meets(IpSet.of(List.of(Cidr.host(address)), v6)));
            if (meant) out.add(on + source(nat, v6) + without(nat, narrower, v6) + rest);
            narrower.add(nat);
        }
        return out;
    }

    private static boolean hasFamily(Firewall.Nat nat, boolean v6) {
        return nat.from().stream().anyMatch(prefix -> prefix.isV6() == v6);
    }

    /**
     * The addresses that packets may get. Of an interface it is the first one for IPv4 (net/ipv4/devinet.c,
     * inet_select_addr), and for IPv6 any, by the destination (RFC 6724); never one without a network.
     */
    private List<Ip> sources(Firewall.Nat nat, boolean v6) {
        if (nat.address() != null) return List.of(nat.address());
        return fabric.addresses(host, nat.outbound()).stream()
                .filter(address -> address.isV6() == v6 && !address.equals(Cidr.host(address.address())))
                .map(Cidr::address)
                .limit(v6 ? Long.MAX_VALUE : 1)
                .toList();
    }

    private String source(Firewall.Nat nat, boolean v6) {
        String set = sets.ofPrefixes(nat.from(), v6);
        return set.isEmpty() ? NftWords.family(v6) : NftWords.ip(v6) + "saddr " + set + " ";
    }

    /** Those of a narrower nat get its address. */
    private String without(Firewall.Nat nat, List<Firewall.Nat> narrower, boolean v6) {
        StringBuilder out = new StringBuilder();
        for (Firewall.Nat other : narrower) {
            if (Overlap.of(other, nat, v6) != Relation.NARROWER) continue;
            out.append(NftWords.ip(v6))
                    .append("saddr != ")
                    .append(sets.ofPrefixes(other.from(), v6))
                    .append(' ');
        }
        return out.toString();
    }
}
