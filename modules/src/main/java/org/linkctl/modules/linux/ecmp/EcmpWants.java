package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/** What a declared route means on one host. */
final class EcmpWants {
    private EcmpWants() {}

    static EcmpModule.Want of(Scope scope, Route route) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        List<Tunnel> tunnels = fabric.tunnels(route, host);
        List<EcmpModule.Target> targets = fabric.farLans(route, host).stream()
                .map(lan -> target(fabric, host, tunnels.getFirst(), lan))
                .toList();
        Set<Cidr> others = new TreeSet<>();
        fabric.routes(host).stream()
                .filter(other -> !other.label().equals(route.label()))
                .forEach(other -> others.addAll(fabric.farLans(other, host)));
        Set<String> devices = new TreeSet<>();
        targets.forEach(target -> devices.addAll(holding(fabric, host, target.source())));
        Set<String> drained = new TreeSet<>(scope.drained());
        drained.retainAll(tunnels.stream().map(Tunnel::name).toList());
        return new EcmpModule.Want(
                route.label(),
                tunnels.stream()
                        .map(tunnel -> EcmpModule.Hop.of(tunnel, route.weight(tunnel.name()), host))
                        .toList(),
                targets,
                others,
                route.failover() == Route.Failover.WATCH,
                drained,
                route.hash(),
                devices);
    }

    private static EcmpModule.Target target(Fabric fabric, Host host, Tunnel tunnel, Cidr lan) {
        Ip someone = fabric.host(tunnel.farFrom(host.name()).host())
                .flatMap(far -> fabric.lanAddress(far, lan.isV6()))
                .filter(lan::contains)
                .orElseGet(() -> lan.at(1).address());
        return new EcmpModule.Target(lan, fabric.lanAddress(host, lan.isV6()).orElse(null), someone);
    }

    private static List<String> holding(Fabric fabric, Host host, @Nullable Ip address) {
        List<String> out = new ArrayList<>();
        fabric.bonds(host).stream()
                .filter(bond ->
                        bond.addresses().stream().anyMatch(one -> one.address().equals(address)))
                .forEach(bond -> out.add(bond.name()));
        fabric.nics(host).stream()
                .filter(nic ->
                        nic.addresses().stream().anyMatch(one -> one.address().equals(address)))
                .forEach(nic -> out.add(nic.name()));
        return out;
    }
}
