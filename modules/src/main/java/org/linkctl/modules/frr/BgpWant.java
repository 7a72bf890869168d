package org.linkctl.modules.frr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bgp;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/**
 * What {@code bgp(...)} and the routes by BGP mean on a host.
 *
 * @param routerId an IPv4 address of the host (RFC 4271, section 4.2)
 * @param announce what the neighbours are told
 * @param tracked whether each of these prefixes is that of an interface: an announcement ends with it
 * @param taken by site, what is taken from the neighbours there
 * @param sources by family, IPv6 being true: the address by which this host is known in far LANs
 */
record BgpWant(
        String module,
        String frrPackage,
        Os os,
        long as,
        Ip routerId,
        List<Cidr> announce,
        boolean tracked,
        List<Neighbor> neighbors,
        Map<String, List<Cidr>> taken,
        Map<Boolean, Ip> sources,
        List<String> labels,
        Set<String> devices,
        List<Cidr> far)
        implements BgpWanted {
    static Optional<BgpWant> of(Scope scope, String module, String frrPackage) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        List<Route> routes = fabric.bgpRoutes(host);
        Optional<Bgp> bgp = fabric.one(Bgp.class, host);
        if (bgp.isEmpty() || routes.isEmpty()) return Optional.empty();
        List<Cidr> announce = new TreeSet<>(bgp.get().announce()).stream().toList();
        Map<String, List<Cidr>> taken = new LinkedHashMap<>();
        List<Neighbor> neighbors = new ArrayList<>();
        Set<Cidr> far = new LinkedHashSet<>();
        for (Route route : routes) {
            Set<Cidr> told = new TreeSet<>();
            for (Tunnel tunnel : fabric.tunnels(route, host)) {
                Host other = fabric.host(tunnel.farFrom(host.name()).host()).orElseThrow();
                fabric.one(Bgp.class, other).ifPresent(theirs -> told.addAll(theirs.announce()));
                neighbor(scope, route, tunnel, other).ifPresent(neighbors::add);
            }
            taken.put(route.otherThan(host.site()), List.copyOf(told));
        }
        // A family that one of the sites has not is none that a session carries.
        neighbors.forEach(neighbor -> far.addAll(neighbor.announced()));
        Map<Boolean, Ip> sources = new LinkedHashMap<>();
        if (host.os() == Os.LINUX) { // zebra sets no source address in the kernel of FreeBSD
            for (boolean v6 : new boolean[] {false, true}) {
                fabric.lanAddress(host, v6).ifPresent(own -> sources.put(v6, own));
            }
        }
        Set<String> devices = new LinkedHashSet<>();
        fabric.links(host).forEach(link -> devices.add(link.name()));
        List<Cidr> connected =
                fabric.addresses(host).stream().map(Cidr::network).toList();
        return Optional.of(new BgpWant(
                module,
                frrPackage,
                host.os(),
                bgp.get().as(),
                routerId(fabric, host),
                announce,
                connected.containsAll(announce),
                neighbors,
                taken,
                sources,
                routes.stream().map(Route::label).toList(),
                devices,
                List.copyOf(far)));
    }

    private static Optional<Neighbor> neighbor(Scope scope, Route route, Tunnel tunnel, Host other) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Ip address = tunnel.farAddress(host.name(), false);
        Bgp theirs = fabric.one(Bgp.class, other).orElse(null);
        if (address == null || theirs == null) return Optional.empty(); // the checks refuse it
        List<Boolean> families = Stream.of(false, true)
                .filter(v6 -> has(fabric.siteOf(host).lan(), v6)
                        && has(fabric.siteOf(other).lan(), v6))
                .toList();
        Set<String> drained = scope.drained();
        boolean all = fabric.tunnels(route, host).stream().map(Tunnel::name).allMatch(drained::contains);
        return Optional.of(new Neighbor(
                tunnel.name(),
                other.name(),
                other.site(),
                address,
                tunnel.farAddress(host.name(), true),
                theirs.as(),
                route.bfd(),
                route.hold(tunnel.name()),
                families,
                new TreeSet<>(theirs.announce())
                        .stream()
                                .filter(prefix -> families.contains(prefix.isV6()))
                                .toList(),
                drained.contains(tunnel.name()) && !all));
    }

    private static boolean has(List<Cidr> prefixes, boolean v6) {
        return prefixes.stream().anyMatch(one -> one.isV6() == v6);
    }

    /** That on its LAN is its own for as long as it is there; each of its tunnels has one, too. */
    private static Ip routerId(Fabric fabric, Host host) {
        return fabric.lanAddress(host, false)
                .or(() -> first(fabric.addresses(host).stream()))
                .or(() -> first(fabric.bgpRoutes(host).stream()
                        .flatMap(route -> fabric.tunnels(route, host).stream())
                        .flatMap(tunnel -> tunnel.endOn(host.name()).addresses().stream())))
                .orElseThrow();
    }

    private static Optional<Ip> first(Stream<Cidr> addresses) {
        return addresses.map(Cidr::address).filter(address -> !address.isV6()).findFirst();
    }

    @Override
    public String id() {
        return module;
    }

    @Override
    public Set<String> provides() {
        Set<String> out = new LinkedHashSet<>();
        labels.forEach(label -> out.add("route:" + label));
        return out;
    }

    @Override
    public Set<String> needs() {
        Set<String> out = new LinkedHashSet<>(Set.of("package:" + frrPackage));
        neighbors.stream().filter(one -> !one.drained()).forEach(one -> out.add("tunnel:" + one.tunnel()));
        devices.forEach(device -> out.add("address:" + device));
        return out;
    }

    @Override
    public Set<String> spreads() {
        Set<String> out = new LinkedHashSet<>();
        neighbors.forEach(neighbor -> out.add(neighbor.tunnel()));
        return out;
    }

    /** The daemons that have to run beside zebra. */
    Set<String> daemons() {
        Set<String> out = new LinkedHashSet<>(List.of("bgpd"));
        if (neighbors.stream().anyMatch(Neighbor::bfd)) out.add("bfdd");
        return out;
    }

    boolean carries(boolean v6) {
        return neighbors.stream().anyMatch(neighbor -> neighbor.v6().contains(v6));
    }

    @Nullable
    Neighbor at(String address) {
        return neighbors.stream()
                .filter(neighbor -> neighbor.address().toString().equals(address))
                .findFirst()
                .orElse(null);
    }
}
