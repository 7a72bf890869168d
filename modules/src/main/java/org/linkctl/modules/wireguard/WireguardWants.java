package org.linkctl.modules.wireguard;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/** What a tunnel of the inventory means for the host of one of its ends. */
public final class WireguardWants {
    private WireguardWants() {}

    /** @param after what has to be in place before, beside what every tunnel needs */
    public static WireguardEnd.Want of(Scope scope, Tunnel tunnel, Set<String> after) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Tunnel.End near = tunnel.endOn(host.name());
        Tunnel.End far = tunnel.farFrom(host.name());
        List<Route> routes = fabric.routes(host).stream()
                .filter(route -> route.via().contains(tunnel.name()))
                .toList();
        Set<Cidr> allowed = new LinkedHashSet<>();
        for (Cidr address : near.addresses()) allowed.add(address.network());
        for (Route route : routes) allowed.addAll(fabric.farLans(route, host));
        String key = scope.published()
                .plain(far.host(), WireguardFiles.publishedKey(tunnel.name()))
                .orElse(null);
        String endpoint = far.endpoint() == null ? null : endpoint(far.endpoint(), far.port());
        return new WireguardEnd.Want(
                host.os(),
                fabric.name(),
                tunnel.name(),
                near.port(),
                near.addresses(),
                tunnel.effectiveMtu(),
                new WireguardEnd.Peer(far.host(), key, List.copyOf(allowed), endpoint, tunnel.keepalive()),
                KeyModule.Renewal.of(scope, tunnel),
                PskModule.want(scope, tunnel),
                routes.stream().map(Route::label).toList(),
                far.addresses().stream().map(Cidr::address).toList(),
                needs(fabric, host, tunnel.name(), after));
    }

    /** IPv6 addresses stand in brackets (wg(8), "endpoint"). */
    private static String endpoint(String host, int port) {
        return Ip.parse(host).filter(Ip::isV6).map(ip -> "[" + ip + "]").orElse(host) + ":" + port;
    }

    private static Set<String> needs(Fabric fabric, Host host, String tunnel, Set<String> after) {
        Set<String> out = new LinkedHashSet<>(
                List.of("package:wireguard-tools", "wireguard-key:" + tunnel, "wireguard-psk:" + tunnel));
        out.addAll(after);
        fabric.bonds(host).forEach(bond -> out.addAll(carrier(bond.name())));
        fabric.nics(host).forEach(nic -> out.addAll(carrier(nic.name())));
        return out;
    }

    private static List<String> carrier(String name) {
        return List.of("interface:" + name, "address:" + name);
    }
}
