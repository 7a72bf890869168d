package org.linkctl.modules.freebsd.ecmp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.freebsd.routes.RouteWay;
import org.linkctl.modules.routes.Preferred;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/**
 * What one {@link Route} means on a host, or a hub that joins LANs.
 *
 * @param others prefixes that this host's other routes lead to
 * @param watched a tunnel may be marked dead
 * @param drained its tunnels that are being changed: nothing goes over them
 * @param devices that hold the source addresses
 */
record EcmpWant(
        String label,
        List<Hop> hops,
        List<Target> targets,
        Set<Cidr> others,
        boolean watched,
        Set<String> drained,
        Set<String> devices)
        implements EcmpModule.Wanted {
    /**
     * A tunnel as a way out. The kernel takes several ways to one prefix by gateways alone, not by interfaces
     * (sys/net/route/route_ctl.c, nhop_can_multipath).
     *
     * @param rank 0: it is used whenever it can be; more: when those of less are dead
     * @param via the far end's address; null: the tunnel has none of that family
     */
    record Hop(
            String tunnel,
            int weight,
            int rank,
            @Nullable Ip via,
            @Nullable Ip via6) {
        String gateway(boolean v6) {
            Ip gateway = v6 ? via6 : via;
            if (gateway == null) throw new IllegalArgumentException("no address of that family: the checks refuse it");
            return gateway.text();
        }
    }

    /**
     * A far LAN.
     *
     * @param source the IPv4 address by which this host is known there; null: it has none on its LAN, or the LAN is
     *     IPv6, where the kernel takes no source from a route (sys/netinet6/in6_src.c)
     * @param via who passes packets on to it, of those that a hub has; null: a tunnel's far end
     */
    record Target(
            Cidr prefix, @Nullable Ip source, @Nullable Ip via) {}

    static EcmpWant of(Scope scope, Route route) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        List<Tunnel> tunnels = fabric.tunnels(route, host);
        Ip own = fabric.lanAddress(host, false).orElse(null);
        Set<String> drained = new TreeSet<>(scope.drained());
        drained.retainAll(tunnels.stream().map(Tunnel::name).toList());
        return new EcmpWant(
                route.label(),
                tunnels.stream().map(tunnel -> hop(tunnel, route, host)).toList(),
                fabric.farLans(route, host).stream()
                        .map(lan -> new Target(lan, lan.isV6() ? null : own, null))
                        .toList(),
                others(fabric, host, route.label()),
                route.failover() == Route.Failover.WATCH,
                drained,
                devices(fabric, host, own));
    }

    static EcmpWant of(Scope scope, HubLans lans) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Ip own = fabric.lanAddress(host, false).orElse(null);
        return new EcmpWant(
                lans.label(),
                List.of(new Hop(lans.hub().name(), 1, 0, null, null)),
                lans.far().stream()
                        .map(far -> new Target(far.lan(), far.lan().isV6() ? null : own, far.gateway()))
                        .toList(),
                others(fabric, host, lans.label()),
                false,
                Set.of(),
                devices(fabric, host, own));
    }

    private static Set<Cidr> others(Fabric fabric, Host host, String label) {
        Set<Cidr> out = new TreeSet<>();
        fabric.staticRoutes(host).stream()
                .filter(other -> !other.label().equals(label))
                .forEach(other -> out.addAll(fabric.farLans(other, host)));
        HubLans.all(fabric, host).stream()
                .filter(other -> !other.label().equals(label))
                .forEach(other -> out.addAll(other.farLans()));
        return out;
    }

    private static Set<String> devices(Fabric fabric, Host host, @Nullable Ip own) {
        Set<String> out = new TreeSet<>();
        fabric.links(host).stream()
                .filter(link ->
                        link.addresses().stream().anyMatch(one -> one.address().equals(own)))
                .forEach(link -> out.add(link.name()));
        return out;
    }

    private static Hop hop(Tunnel tunnel, Route route, Host host) {
        String name = tunnel.name();
        return new Hop(
                name,
                route.weight(name),
                route.rank(name),
                tunnel.farAddress(host.name(), false),
                tunnel.farAddress(host.name(), true));
    }

    @Override
    public Set<String> provides() {
        return Set.of("route:" + label);
    }

    @Override
    public Set<String> needs() {
        Set<String> out = new LinkedHashSet<>();
        hops.stream().filter(hop -> !drained.contains(hop.tunnel())).forEach(hop -> out.add("tunnel:" + hop.tunnel()));
        devices.forEach(device -> out.add("address:" + device));
        return out;
    }

    @Override
    public Set<String> spreads() {
        Set<String> out = new LinkedHashSet<>();
        hops.forEach(hop -> out.add(hop.tunnel()));
        return out;
    }

    /** What the kernel shall have while these tunnels are dead. Rather over one that is left out than not at all. */
    List<RouteWay> paths(Target target, Set<String> dead) {
        List<Hop> alive = hops.stream().filter(hop -> isUsable(hop, dead)).toList();
        return Preferred.first(alive.isEmpty() ? hops : alive, Hop::rank, _ -> true).stream()
                .map(hop -> way(target, hop))
                .toList();
    }

    private boolean isUsable(Hop hop, Set<String> dead) {
        return !dead.contains(hop.tunnel()) && !drained.contains(hop.tunnel());
    }

    /** Those that the route shall go over while these are dead, which may be among them: the others stand by. */
    List<String> turn(Set<String> dead) {
        return Preferred.first(hops, Hop::rank, hop -> isUsable(hop, dead)).stream()
                .map(Hop::tunnel)
                .toList();
    }

    Map<String, Integer> ranks() {
        Map<String, Integer> out = new LinkedHashMap<>();
        hops.forEach(hop -> out.put(hop.tunnel(), hop.rank()));
        return out;
    }

    boolean leadsTo(Cidr prefix) {
        return others.contains(prefix)
                || targets.stream().anyMatch(target -> target.prefix().equals(prefix));
    }

    /** Its only way is the interface of a hub. */
    boolean isOfHub() {
        return targets.stream().anyMatch(target -> target.via() != null);
    }

    List<Cidr> prefixes() {
        return targets.stream().map(Target::prefix).toList();
    }

    List<String> tunnels() {
        return new ArrayList<>(spreads());
    }

    static RouteWay way(Target target, Hop hop) {
        Cidr prefix = target.prefix();
        return new RouteWay(prefix, gateway(target, hop), hop.tunnel(), hop.weight(), target.source());
    }

    private static String gateway(Target target, Hop hop) {
        Ip via = target.via();
        return via == null ? hop.gateway(target.prefix().isV6()) : via.text();
    }

    /** The script has such a way there, so that it takes it away, as one over a tunnel that is dead or being changed. */
    boolean isOfScript(Cidr prefix, String gateway) {
        return targets.stream()
                .filter(target -> target.prefix().equals(prefix))
                .anyMatch(target ->
                        hops.stream().anyMatch(hop -> gateway(target, hop).equals(gateway)));
    }
}
