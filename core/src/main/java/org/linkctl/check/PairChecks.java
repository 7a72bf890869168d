package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Pairs of hosts, and what both of them have. */
final class PairChecks {
    private final Refusals refusals;

    PairChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Pair pair : fabric.pairs()) pair(fabric, pair);
        Map<String, Place> ids = new HashMap<>();
        Map<Ip, Place> held = new HashMap<>();
        for (Vip vip : fabric.vips()) {
            id(fabric, ids, vip);
            vip(fabric, held, vip);
        }
        Map<String, Place> synced = new HashMap<>();
        for (StateSync sync : fabric.stateSyncs()) {
            Place first = synced.putIfAbsent(sync.pair(), sync.at());
            if (first != null) {
                refusals.conflict(
                        sync.at(),
                        "",
                        "",
                        "a second stateSync of pair '" + Names.shown(sync.pair()) + "'",
                        "the other is at " + first);
            }
            stateSync(fabric, sync);
            handover(fabric, sync);
        }
        for (ProxyArp proxy : fabric.proxyArps()) proxyArp(fabric, proxy);
    }

    private void pair(Fabric fabric, Pair pair) {
        if (pair.hosts().size() != 2) {
            String count = switch (pair.hosts().size()) {
                case 0 -> "no hosts";
                case 1 -> "one host";
                default -> pair.hosts().size() + " hosts";
            };
            refusals.conflict(
                    pair.at(), "", "", "pair '" + Names.shown(pair.name()) + "' has " + count, "a pair has two");
        }
        fabric.host(pair.name())
                .ifPresent(host -> refusals.conflict(
                        pair.at(),
                        "name",
                        pair.name(),
                        "pair '" + Names.shown(pair.name()) + "' has the name of a host",
                        "declared at " + host.at()));
    }

    /** Two hosts with one id on one network would take each other for a stand-in. */
    private void id(Fabric fabric, Map<String, Place> ids, Vip vip) {
        for (Host host : fabric.hostsOf(vip.pair())) {
            Place first = ids.putIfAbsent(host.name() + " " + vip.on() + " " + vip.id(), vip.at());
            if (first == null) continue;
            refusals.conflict(
                    vip.at(),
                    "name",
                    Integer.toString(vip.id()),
                    "vip " + vip.id() + " is declared twice on " + Names.shown(vip.on()) + " of "
                            + Names.shown(vip.pair()),
                    "also declared at " + first);
            return;
        }
    }

    private void vip(Fabric fabric, Map<Ip, Place> held, Vip vip) {
        List<Host> hosts = fabric.hostsOf(vip.pair());
        String prefer = vip.prefer();
        List<String> names = hosts.stream().map(Host::name).toList();
        if (prefer != null && !names.contains(prefer)) {
            refusals.unknown(vip.at(), "prefer", "host of pair '" + Names.shown(vip.pair()) + "'", prefer, names);
        }
        if (vip.addresses().isEmpty()) {
            refusals.conflict(vip.at(), "address", "", "vip " + vip.id() + " has no address", "");
        }
        for (Cidr address : vip.addresses()) {
            Place first = held.putIfAbsent(address.address(), vip.at());
            if (first != null) {
                refusals.conflict(
                        vip.at(),
                        "address",
                        address.toString(),
                        "the address " + address.address() + " is given twice",
                        "also at " + first);
            }
        }
        for (Host host : hosts) {
            if (!declared(fabric, host, vip.at(), "on", vip.on())) return;
            for (Cidr address : vip.addresses()) on(fabric, host, vip, address);
        }
    }

    private void on(Fabric fabric, Host host, Vip vip, Cidr address) {
        List<Cidr> own = fabric.addresses(host, vip.on());
        String there = Names.shown(vip.on()) + " of " + Names.shown(host.name());
        if (own.stream().anyMatch(one -> one.address().equals(address.address()))) {
            String summary = "address: '" + address + "' is the own address of " + there;
            refusals.conflict(vip.at(), "address", address.toString(), summary, "a vip is another one");
            return;
        }
        List<Cidr> family =
                own.stream().filter(one -> one.isV6() == address.isV6()).toList();
        if (family.stream().anyMatch(one -> one.contains(address.address()))) return;
        String has = family.isEmpty()
                ? "it has no " + (address.isV6() ? "IPv6" : "IPv4") + " address"
                : "it has "
                        + String.join(", ", family.stream().map(Cidr::toString).toList());
        String summary = "address: '" + address + "' is outside of the networks of " + there;
        refusals.conflict(vip.at(), "address", address.toString(), summary, has);
    }

    private void stateSync(Fabric fabric, StateSync sync) {
        for (Host host : fabric.hostsOf(sync.pair())) {
            if (!declared(fabric, host, sync.at(), "on", sync.on()) || sync.multicast()) return;
            if (fabric.addresses(host, sync.on()).stream().anyMatch(address -> !address.isV6())) continue;
            refusals.conflict(
                    sync.at(),
                    "on",
                    sync.on(),
                    "on: " + Names.shown(sync.on()) + " of " + Names.shown(host.name()) + " has no IPv4 address",
                    "the hosts write to each other's; multicast: true needs none");
        }
    }

    /** A connection is handed over with the name of the interface that it goes by (pfsync(4)). */
    private void handover(Fabric fabric, StateSync sync) {
        List<Host> hosts = fabric.hostsOf(sync.pair());
        if (hosts.size() != 2) return; // said by others
        for (Balance balance : fabric.balances(hosts.getFirst())) {
            for (Ip hop : balance.over()) {
                String one = fabric.deviceTowards(hosts.getFirst(), hop).orElse(null);
                String other = fabric.deviceTowards(hosts.getLast(), hop).orElse(null);
                if (one == null || other == null || one.equals(other)) continue;
                refusals.conflict(
                        balance.at(),
                        "over",
                        hop.text(),
                        "over: '" + hop + "' is on " + Names.shown(one) + " of "
                                + Names.shown(hosts.getFirst().name()) + " and on " + Names.shown(other) + " of "
                                + Names.shown(hosts.getLast().name()),
                        "connections that stateSync (" + sync.at()
                                + ") hands over go by an interface of the same name on both hosts");
            }
        }
    }

    private void proxyArp(Fabric fabric, ProxyArp proxy) {
        for (Host host : fabric.hostsOf(proxy.pair())) {
            if (!declared(fabric, host, proxy.at(), "on", proxy.on())) return;
            for (Ip address : proxy.addresses()) {
                if (fabric.addresses(host, proxy.on()).stream().anyMatch(own -> own.contains(address))) continue;
                refusals.conflict(
                        proxy.at(),
                        "addresses",
                        address.text(),
                        "addresses: '" + address + "' is outside of the networks of " + Names.shown(proxy.on()) + " of "
                                + Names.shown(host.name()),
                        "a host answers for addresses of its own networks alone (arp(8))");
            }
        }
        boolean follows = fabric.vips().stream()
                .anyMatch(vip -> vip.pair().equals(proxy.pair()) && vip.on().equals(proxy.on()));
        if (!follows) {
            refusals.conflict(
                    proxy.at(),
                    "on",
                    proxy.on(),
                    "on: pair '" + Names.shown(proxy.pair()) + "' has no vip on " + Names.shown(proxy.on()),
                    "the master of the vip there answers; without one both hosts would");
        }
    }

    private boolean declared(Fabric fabric, Host host, Place at, String attribute, String device) {
        List<String> known = fabric.interfaces(host);
        if (known.contains(device)) return true;
        refusals.unknown(at, attribute, "interface of " + Names.shown(host.name()), device, known);
        return false;
    }
}
