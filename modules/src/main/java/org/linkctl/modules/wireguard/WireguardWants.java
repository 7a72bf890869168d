package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/** What a tunnel or a hub of the inventory means for a host that it ends on. */
public final class WireguardWants {
    private WireguardWants() {}

    /** @param after what has to be in place before, beside what every tunnel needs */
    public static WireguardEnd.Want of(Scope scope, Tunnel tunnel, Set<String> after) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Tunnel.End near = tunnel.endOn(host.name());
        Tunnel.End far = tunnel.farFrom(host.name());
        List<Route> routes = fabric.routes(host).stream()
                .filter(route -> fabric.leadsBy(route, tunnel.name()))
                .toList();
        Set<Cidr> allowed = new LinkedHashSet<>();
        for (Cidr address : near.addresses()) allowed.add(address.network());
        for (Route route : routes) {
            allowed.addAll(fabric.farLans(route, host));
            for (Cidr source : Everything.sources(fabric, route, host))
                allowed.add(Everything.everywhere(source.isV6()));
        }
        String endpoint = far.endpoint() == null ? null : endpoint(far.endpoint(), far.port());
        Unmanaged unmanaged = far.unmanaged();
        WireguardEnd.Peer peer = new WireguardEnd.Peer(
                far.host(),
                unmanaged == null ? key(scope, List.of(far.host()), tunnel.name()) : unmanaged.publicKey(),
                List.copyOf(allowed),
                endpoint,
                tunnel.keepalive(),
                far.addresses().stream().map(Cidr::address).toList(),
                unmanaged == null ? List.of(WireguardEnd.Far.of(scope, far.host(), tunnel.name())) : List.of());
        List<String> clones = new ArrayList<>(Clones.of(scope, tunnel));
        clones.addAll(Clones.psk(scope, tunnel));
        return new WireguardEnd.Want(
                host.os(),
                fabric.name(),
                tunnel.name(),
                WireguardEnd.Part.END,
                near.port(),
                near.addresses(),
                tunnel.effectiveMtu(),
                List.of(peer),
                KeyWant.of(scope, tunnel),
                PskWant.of(scope, tunnel),
                routes.stream()
                        .filter(route -> !route.isBgp())
                        .map(Route::label)
                        .toList(),
                List.of(),
                needs(fabric, host, tunnel.name(), after),
                near.endpoint() != null,
                clones,
                Set.of());
    }

    /** The same for the host of a hub, or of one of its spokes. */
    public static WireguardEnd.Want of(Scope scope, Hub hub, Set<String> after) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        boolean called = fabric.isHub(hub, host);
        boolean shared = called && fabric.hostsOf(hub.on()).size() > 1;
        // A spoke's configuration holds the hub's key alone; the hub's holds all of them.
        Set<String> concerned = new TreeSet<>(List.of(host.name()));
        fabric.hostsOf(hub.on()).forEach(one -> concerned.add(one.name()));
        if (called) hub.spokes().forEach(spoke -> concerned.add(spoke.host()));
        return new WireguardEnd.Want(
                host.os(),
                fabric.name(),
                hub.name(),
                shared ? WireguardEnd.Part.SHARED_HUB : called ? WireguardEnd.Part.HUB : WireguardEnd.Part.SPOKE,
                called ? Integer.valueOf(hub.port()) : null,
                fabric.addresses(hub, host),
                hub.effectiveMtu(),
                called ? calling(scope, hub) : List.of(hub(scope, hub)),
                KeyWant.of(scope, hub),
                PskWant.none(host.os(), hub.name()),
                lans(scope, hub).stream().map(HubLans::label).toList(),
                shared ? fabric.calledBy(hub) : List.of(),
                needs(fabric, host, hub.name(), after),
                called,
                Clones.of(scope, hub, List.copyOf(concerned)),
                managedInside(fabric, hub));
    }

    /** Whom the hub has as peers: its spokes, and those that linkctl does not log in to. */
    private static List<WireguardEnd.Peer> calling(Scope scope, Hub hub) {
        return Stream.concat(
                        hub.spokes().stream().map(spoke -> spoke(scope, hub, spoke)),
                        hub.peers().stream().map(WireguardWants::peer))
                .toList();
    }

    /** Where it is to be called, keepalives are the hub's part, too: one that is behind a NAT calls. */
    private static WireguardEnd.Peer peer(Hub.Peer peer) {
        Endpoint endpoint = peer.endpoint();
        return new WireguardEnd.Peer(
                peer.name(),
                peer.publicKey(),
                both(peer.single(), peer.lan()),
                endpoint == null ? null : endpoint(endpoint.host(), endpoint.port()),
                endpoint == null ? null : peer.keepalive(),
                peer.addresses().stream().map(Cidr::address).toList(),
                List.of());
    }

    static Set<String> managedInside(Fabric fabric, Hub hub) {
        Set<String> out = new TreeSet<>();
        for (Hub.Spoke spoke : hub.spokes()) {
            fabric.host(spoke.host())
                    .flatMap(host -> Ip.parse(host.ssh().host()))
                    .filter(login -> hub.networks().stream().anyMatch(net -> net.contains(login)))
                    .ifPresent(login -> out.add(spoke.host()));
        }
        return out;
    }

    /** It calls, so that it is nowhere to be found: what it sends keeps the way to it open. */
    private static WireguardEnd.Peer spoke(Scope scope, Hub hub, Hub.Spoke spoke) {
        String key = key(scope, List.of(spoke.host()), hub.name());
        List<Ip> addresses = spoke.addresses().stream().map(Cidr::address).toList();
        List<WireguardEnd.Far> far = List.of(WireguardEnd.Far.of(scope, spoke.host(), hub.name()));
        List<Cidr> allowed = both(spoke.single(), HubLans.lan(scope.fabric(), spoke));
        return new WireguardEnd.Peer(spoke.host(), key, allowed, null, null, addresses, far);
    }

    /** The LANs that the host reaches over the hub. */
    private static Optional<HubLans> lans(Scope scope, Hub hub) {
        return HubLans.all(scope.fabric(), scope.host()).stream()
                .filter(one -> one.hub().equals(hub) && !one.far().isEmpty())
                .findFirst();
    }

    private static List<Cidr> both(List<Cidr> first, List<Cidr> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /** On a pair both hosts have one key, and either of them tells it. */
    private static WireguardEnd.Peer hub(Scope scope, Hub hub) {
        List<String> hosts =
                scope.fabric().hostsOf(hub.on()).stream().map(Host::name).toList();
        return new WireguardEnd.Peer(
                hub.on(),
                key(scope, hosts, hub.name()),
                taken(scope, hub),
                endpoint(hub.endpoint(), hub.port()),
                hub.keepalive(),
                hub.addresses().stream().map(Cidr::address).toList(),
                hosts.stream()
                        .map(host -> WireguardEnd.Far.of(scope, host, hub.name()))
                        .toList());
    }

    /** What may come from the hub: everything where callers of what is published have their own addresses. */
    private static List<Cidr> taken(Scope scope, Hub hub) {
        List<Cidr> everywhere = KeptSources.of(scope.fabric(), scope.host()).stream()
                .filter(kept -> kept.hub().equals(hub))
                .map(kept -> Everything.everywhere(kept.v6()))
                .toList();
        List<Cidr> own =
                both(hub.networks(), lans(scope, hub).map(HubLans::farLans).orElse(List.of()));
        return both(own, everywhere);
    }

    private static @Nullable String key(Scope scope, List<String> hosts, String tunnel) {
        return hosts.stream()
                .flatMap(host -> scope.published().plain(host, WireguardFiles.publishedKey(tunnel)).stream())
                .findFirst()
                .orElse(null);
    }

    /** IPv6 addresses stand in brackets (wg(8), "endpoint"). */
    static String endpoint(String host, int port) {
        return Ip.parse(host).filter(Ip::isV6).map(ip -> "[" + ip + "]").orElse(host) + ":" + port;
    }

    private static Set<String> needs(Fabric fabric, Host host, String tunnel, Set<String> after) {
        Set<String> out = new LinkedHashSet<>(
                List.of("package:wireguard-tools", "wireguard-key:" + tunnel, "wireguard-psk:" + tunnel));
        out.addAll(after);
        fabric.links(host).forEach(link -> out.addAll(carrier(link.name())));
        return out;
    }

    private static List<String> carrier(String name) {
        return List.of("interface:" + name, "address:" + name);
    }
}
