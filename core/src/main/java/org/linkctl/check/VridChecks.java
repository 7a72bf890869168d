package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Site;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Prefixes;

/**
 * The ids of vips. An id is one network's, whoever has it there: it is part of the Ethernet address 00-00-5E-00-01-id
 * of the master (RFC 5798 section 7.3; carp(4) takes the same), and whoever hears its own id takes the sender for the
 * other host of the pair.
 */
final class VridChecks {
    /**
     * A vip and where it is heard.
     *
     * @param own the addresses of the interface, on both hosts
     */
    private record Heard(Vip vip, String site, List<Cidr> own) {
        List<Cidr> networks() {
            return Stream.concat(vip.addresses().stream(), own.stream())
                    .map(Cidr::network)
                    .distinct()
                    .toList();
        }
    }

    private enum Same {
        NO,
        PERHAPS,
        YES
    }

    private final Refusals refusals;

    VridChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Prefixes<Cidr> lans = new Prefixes<>();
        for (Site site : fabric.sites()) for (Cidr lan : site.lan()) lans.add(lan, lan);
        List<Heard> all = new ArrayList<>();
        Map<Integer, Prefixes<Integer>> networks = new HashMap<>();
        Map<String, List<Integer>> interfaces = new HashMap<>();
        for (Vip vip : fabric.all(Vip.class)) {
            Heard heard = heard(fabric, vip);
            Prefixes<Integer> near = networks.computeIfAbsent(vip.id(), _ -> new Prefixes<>());
            List<Integer> there =
                    interfaces.computeIfAbsent(vip.id() + " " + vip.on() + " " + vip.pair(), _ -> new ArrayList<>());
            Stream<Integer> met = heard.networks().stream().flatMap(net -> near.overlapping(net).stream());
            for (int other :
                    Stream.concat(there.stream(), met).distinct().sorted().toList()) {
                if (compare(lans, all.get(other), heard)) break;
            }
            for (Cidr net : heard.networks()) near.add(net, all.size());
            there.add(all.size());
            all.add(heard);
        }
    }

    private static Heard heard(Fabric fabric, Vip vip) {
        List<Host> hosts = fabric.hostsOf(vip.pair());
        List<Cidr> own = hosts.stream()
                .flatMap(host -> fabric.addresses(host, vip.on()).stream())
                .toList();
        return new Heard(vip, hosts.stream().map(Host::site).findFirst().orElse(""), own);
    }

    /** Whether something was said of two that have one id. */
    private boolean compare(Prefixes<Cidr> lans, Heard first, Heard second) {
        Vip one = first.vip();
        Vip other = second.vip();
        if (one.pair().equals(other.pair()) && one.on().equals(other.on())) {
            refuse(other, "vip " + other.id() + " is declared twice on " + there(other), one, "");
            return true;
        }
        for (Cidr network : second.networks()) {
            Same same = first.networks().stream()
                    .filter(network::overlaps)
                    .map(shared -> same(lans, first, second, shared))
                    .max(Enum::compareTo)
                    .orElse(Same.NO);
            if (same == Same.NO) continue;
            String summary = "vip " + other.id() + " on " + there(other) + " has the id of a vip on " + there(one);
            if (same == Same.YES) refuse(other, summary, one, network.toString());
            else doubt(other, summary, one, network);
            return true;
        }
        return false;
    }

    /**
     * One prefix is one network, but for what every place may have of its own and no route leads to: of two such that
     * have one address each of their own, it is certain that they are two.
     */
    private static Same same(Prefixes<Cidr> lans, Heard first, Heard second, Cidr shared) {
        boolean routed = !lans.overlapping(shared).isEmpty();
        if (first.site().equals(second.site()) || routed || !Bits.isReused(shared)) return Same.YES;
        return first.own().stream().anyMatch(second.own()::contains) ? Same.NO : Same.PERHAPS;
    }

    private static String there(Vip vip) {
        return Names.shown(vip.on()) + " of " + Names.shown(vip.pair());
    }

    private void refuse(Vip vip, String summary, Vip first, String network) {
        String declared =
                "declared at " + new Declared("pair " + Names.shown(first.pair()), first.at()).seenFrom(vip.at());
        String detail = network.isEmpty()
                ? "also " + declared
                : "both are on " + network + ", where an id is one pair's alone; " + declared;
        refusals.conflict(vip.at(), "name", Integer.toString(vip.id()), summary, detail);
    }

    private void doubt(Vip vip, String summary, Vip first, Cidr network) {
        String detail = "if " + network + " is one network at both sites, the pairs take each other for the other host;"
                + " declared at " + first.at();
        refusals.doubt(vip.at(), "name", Integer.toString(vip.id()), summary, detail);
    }
}
