package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
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
        for (Vip vip : fabric.all(Vip.class)) vip(fabric, vip);
        Map<String, Place> synced = new HashMap<>();
        for (StateSync sync : fabric.all(StateSync.class)) {
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
            peers(fabric, sync);
            handover(fabric, sync);
            translated(fabric, sync);
        }
        Map<String, Declared> answered = new HashMap<>();
        for (ProxyArp proxy : fabric.all(ProxyArp.class)) {
            proxyArp(fabric, proxy);
            once(fabric, answered, proxy);
        }
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

    private void vip(Fabric fabric, Vip vip) {
        List<Host> hosts = fabric.hostsOf(vip.pair());
        String prefer = vip.prefer();
        List<String> names = hosts.stream().map(Host::name).toList();
        if (prefer != null && !names.contains(prefer)) {
            refusals.unknown(vip.at(), "prefer", "host of pair '" + Names.shown(vip.pair()) + "'", prefer, names);
        }
        if (vip.addresses().isEmpty()) {
            refusals.conflict(vip.at(), "address", "", "vip " + vip.id() + " has no address", "");
        }
        for (Host host : hosts) {
            if (!declared(fabric, host, vip.at(), "on", vip.on())) return;
            if (!ethernet(fabric, host, vip)) return;
            for (Cidr address : vip.addresses()) on(fabric, host, vip, address);
        }
    }

    /** carp(4) and VRRP move an Ethernet address, which the interface of a tunnel has not. */
    private boolean ethernet(Fabric fabric, Host host, Vip vip) {
        boolean wireguard =
                fabric.tunnels(host).stream().anyMatch(tunnel -> tunnel.name().equals(vip.on()))
                        || fabric.hubs(host).stream().anyMatch(hub -> hub.name().equals(vip.on()));
        if (!wireguard && !Names.isLoopback(vip.on(), host.os())) return true;
        String what = wireguard ? "a WireGuard interface" : "the loopback";
        refusals.conflict(
                vip.at(),
                "on",
                vip.on(),
                "on: '" + Names.shown(vip.on()) + "' of " + Names.shown(host.name()) + " is " + what,
                "a vip needs a network on which the two hosts hear each other, and an Ethernet address that moves");
        return false;
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
            if (!v4(fabric, host, sync).isEmpty()) continue;
            refusals.conflict(
                    sync.at(),
                    "on",
                    sync.on(),
                    "on: " + Names.shown(sync.on()) + " of " + Names.shown(host.name()) + " has no IPv4 address",
                    host.os() == Os.LINUX
                            ? "conntrackd(8) writes to the other host's, with multicast: true as well: give the interface one"
                            : "the hosts write to each other's; multicast: true needs none");
        }
    }

    /** pfsync(4), syncpeer: the states go straight to the other host's address. */
    private void peers(Fabric fabric, StateSync sync) {
        List<Host> hosts = fabric.hostsOf(sync.pair());
        if (sync.multicast() || hosts.size() != 2) return;
        List<Cidr> first = v4(fabric, hosts.getFirst(), sync);
        List<Cidr> second = v4(fabric, hosts.getLast(), sync);
        if (first.isEmpty() || second.isEmpty() || first.stream().anyMatch(one -> shares(one, second))) return;
        refusals.doubt(
                sync.at(),
                "on",
                sync.on(),
                "on: " + Names.shown(sync.on()) + " of the two hosts is not on one network",
                Names.shown(hosts.getFirst().name()) + " has " + first.getFirst() + ", "
                        + Names.shown(hosts.getLast().name()) + " has " + second.getFirst());
    }

    private static boolean shares(Cidr one, List<Cidr> others) {
        return others.stream().anyMatch(other -> one.contains(other.address()) && other.contains(one.address()));
    }

    private static List<Cidr> v4(Fabric fabric, Host host, StateSync sync) {
        return fabric.addresses(host, sync.on()).stream()
                .filter(address -> !address.isV6())
                .toList();
    }

    /** A connection is handed over with the name of the interface that it goes by (pfsync(4)). */
    private void handover(Fabric fabric, StateSync sync) {
        List<Host> hosts = fabric.hostsOf(sync.pair());
        if (hosts.size() != 2) return; // said by others
        for (Balance balance : fabric.of(Balance.class, hosts.getFirst())) {
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

    /** A connection that is handed over keeps the address that it was translated to; its answers come to who has that. */
    private void translated(Fabric fabric, StateSync sync) {
        Set<Place> told = new HashSet<>(); // in the braces of a pair it is said of both hosts
        for (Host host : fabric.hostsOf(sync.pair())) {
            for (Firewall firewall : fabric.of(Firewall.class, host)) {
                for (Firewall.Nat nat : firewall.nats()) {
                    if (nat.address() == null && told.add(nat.at())) unshared(fabric, sync, host, nat);
                }
            }
        }
    }

    private void unshared(Fabric fabric, StateSync sync, Host host, Firewall.Nat nat) {
        List<Ip> shared = new ArrayList<>();
        for (boolean v6 : List.of(false, true)) {
            if (nat.from().stream().noneMatch(prefix -> prefix.isV6() == v6)) continue;
            fabric.vipsOf(sync.pair()).stream()
                    .filter(vip -> vip.on().equals(nat.outbound()))
                    .flatMap(vip -> vip.addresses().stream())
                    .map(Cidr::address)
                    .filter(address -> address.isV6() == v6)
                    .findFirst()
                    .ifPresent(shared::add);
        }
        if (shared.isEmpty()) return;
        String addresses = shared.stream().map(ip -> "'" + ip + "'").collect(Collectors.joining(" and "));
        boolean mixed = nat.from().stream().map(Cidr::isV6).distinct().count() > 1;
        refusals.doubt(
                nat.at(),
                "outbound",
                nat.outbound(),
                "nat without address: on " + Names.shown(host.name()) + " of pair '" + Names.shown(sync.pair()) + "'",
                "connections get an address that one host alone has, and do not outlive a switch, whatever stateSync ("
                        + sync.at() + ") hands over: " + (mixed ? "give each family a nat of its own; " : "")
                        + "address: "
                        + addresses + (shared.size() > 1 ? " go with the vip" : " goes with the vip"));
    }

    private void proxyArp(Fabric fabric, ProxyArp proxy) {
        List<Host> hosts = fabric.hostsOf(proxy.pair());
        for (Host host : hosts) {
            if (!declared(fabric, host, proxy.at(), "on", proxy.on())) return;
        }
        for (Ip address : proxy.addresses()) {
            for (Host host : hosts) if (!answers(fabric, host, proxy, address)) break;
        }
        boolean follows =
                fabric.vipsOf(proxy.pair()).stream().anyMatch(vip -> vip.on().equals(proxy.on()));
        if (!follows) {
            refusals.conflict(
                    proxy.at(),
                    "on",
                    proxy.on(),
                    "on: pair '" + Names.shown(proxy.pair()) + "' has no vip on " + Names.shown(proxy.on()),
                    "the master of the vip there answers; without one both hosts would");
        }
    }

    private void once(Fabric fabric, Map<String, Declared> answered, ProxyArp proxy) {
        String site = fabric.hostsOf(proxy.pair()).stream()
                .map(Host::site)
                .findFirst()
                .orElse("");
        Declared declared = new Declared("pair " + Names.shown(proxy.pair()), proxy.at());
        for (Ip address : proxy.addresses()) {
            Declared first = answered.putIfAbsent(site + " " + address, declared);
            if (first == null) continue;
            refuse(proxy, address, "is answered for twice", "also at " + first.seenFrom(proxy.at()));
        }
    }

    /** Whether a host may answer for it; says so where it may not. */
    private boolean answers(Fabric fabric, Host host, ProxyArp proxy, Ip address) {
        String there = Names.shown(proxy.on()) + " of " + Names.shown(host.name());
        List<Cidr> own = fabric.addresses(host, proxy.on());
        if (own.stream().noneMatch(one -> one.contains(address))) {
            String why = "is outside of the networks of " + there;
            return refuse(proxy, address, why, "a host answers for addresses of its own networks alone (arp(8))");
        }
        if (fabric.holder(host, address).isPresent()) {
            String why = "is an address of " + Names.shown(host.name()) + " itself";
            return refuse(proxy, address, why, "it answers for its own without that, and for those of its vip");
        }
        if (own.stream().noneMatch(one -> Bits.isEdge(one, address))) return true;
        String why = "is the first or the last address of the network of " + there;
        return refuse(proxy, address, why, "no host has it");
    }

    private boolean refuse(ProxyArp proxy, Ip address, String why, String detail) {
        String summary = "addresses: '" + address + "' " + why;
        refusals.conflict(proxy.at(), "addresses", address.text(), summary, detail);
        return false;
    }

    private boolean declared(Fabric fabric, Host host, Place at, String attribute, String device) {
        List<String> known = fabric.interfaces(host);
        if (known.contains(device)) return true;
        refusals.unknown(at, attribute, "interface of " + Names.shown(host.name()), device, known);
        return false;
    }
}
