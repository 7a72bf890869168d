package org.linkctl.modules.linux.ecmp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Link;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.modules.routes.GoneRoute;
import org.linkctl.modules.routes.Preferred;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Question;
import org.linkctl.spi.Scope;

/**
 * What one {@link Route} means on a host, or a hub that joins LANs.
 *
 * @param others prefixes that this host's other routes lead to
 * @param watched a tunnel may be marked dead
 * @param drained its tunnels that are being changed: nothing goes over them
 * @param devices that hold the source addresses
 * @param over what its hops are
 * @param first the first id of its nexthop objects, if it has some
 */
record EcmpWant(
        String label,
        List<Hop> hops,
        List<Target> targets,
        Set<Cidr> others,
        boolean watched,
        Set<String> drained,
        Route.Hash hash,
        Set<String> devices,
        Over over,
        int first)
        implements EcmpModule.Wanted {
    /** Nobody (RFC 5737, RFC 3849), to whom the kernel is asked the way; nothing is sent there. */
    private static final Ip NOBODY = Ip.of("203.0.113.251");

    private static final Ip NOBODY_V6 = Ip.of("2001:db8:ffff::9");

    /** What a route leads over. */
    enum Over {
        /** Tunnels, each of which may be taken out of it. */
        TUNNELS,
        /** The interface of a hub. */
        HUB,
        /** The same on a pair: down, and without a route, while the host stands by. */
        SHARED_HUB
    }

    /**
     * A tunnel as a way out.
     *
     * @param rank 0: it is used whenever it can be; more: when those of less are dead
     * @param via6 the next hop for IPv6; IPv4 needs none
     */
    record Hop(String tunnel, int weight, int rank, Ip via6) {
        /** Any address would do: a WireGuard interface asks for no neighbour, and sends by destination. */
        private static final Ip ANY = Ip.of("fe80::1");

        static Hop of(Tunnel tunnel, Route route, Host host) {
            Ip far = tunnel.farAddress(host.name(), true);
            String name = tunnel.name();
            return new Hop(name, route.weight(name), route.rank(name), far == null ? ANY : far);
        }

        /** IPv6 takes no next hop that is only a device, where there are several (net/ipv6/route.c). */
        KernelRoute.Nexthop nexthop(boolean v6) {
            return new KernelRoute.Nexthop(tunnel, weight, v6 ? via6.toString() : null, false);
        }

        List<String> words(boolean v6) {
            List<String> out = new ArrayList<>(List.of("nexthop"));
            out.addAll(nexthop(v6).words());
            out.addAll(List.of("weight", Integer.toString(weight)));
            return out;
        }
    }

    /**
     * A far LAN, or everywhere for the packets of some sources.
     *
     * @param source the address by which this host is known there; null: it has none of that family on its LAN
     * @param someone an address there, to ask the kernel for the way to
     * @param inside the table for some sources, and one of them; null: it is in the main table
     */
    record Target(
            Cidr prefix,
            @Nullable Ip source,
            Ip someone,
            @Nullable Inside inside) {
        Question.Command show() {
            String table = inside == null ? "main" : Integer.toString(inside.table());
            return Question.command(
                    "ip", "-j", prefix.isV6() ? "-6" : "-4", "route", "show", "table", table, "exact", "" + prefix);
        }

        List<KernelRoute> read(Answers answers) {
            if (inside == null)
                return KernelRoute.list(answers, show()).stream()
                        .filter(route -> !route.isLast())
                        .toList();
            Answer.Output said = answers.to(show());
            if (!said.ok() && said.stderr().contains("FIB table does not exist"))
                return List.of(); // nothing was in it yet
            return KernelRoute.list(answers, show()).stream()
                    .map(route -> route.in(inside.table(), prefix))
                    .toList();
        }
    }

    /** What comes in by an interface from an address, and goes by a table of its own. */
    record Inside(int table, Ip from, String device) {}

    static EcmpWant of(Scope scope, Route route) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        List<Tunnel> tunnels = fabric.tunnels(route, host);
        List<Target> targets = new ArrayList<>(fabric.farLans(route, host).stream()
                .map(lan -> target(fabric, host, tunnels.getFirst(), lan))
                .toList());
        targets.addAll(everywhere(fabric, route, host));
        Set<String> drained = new TreeSet<>(scope.drained());
        drained.retainAll(tunnels.stream().map(Tunnel::name).toList());
        return new EcmpWant(
                route.label(),
                tunnels.stream().map(tunnel -> Hop.of(tunnel, route, host)).toList(),
                targets,
                others(fabric, host, route.label()),
                route.failover() == Route.Failover.WATCH,
                drained,
                route.hash(),
                devices(fabric, host, targets),
                Over.TUNNELS,
                first(fabric, host, route.label()));
    }

    /** A default route of each family in which something is to go everywhere. */
    private static List<Target> everywhere(Fabric fabric, Route route, Host host) {
        Map<Boolean, Target> out = new TreeMap<>();
        for (Everything.Source source : Everything.of(fabric, route, host)) {
            boolean v6 = source.prefix().isV6();
            Inside inside = new Inside(Everything.table(route), other(fabric, host, source.prefix()), source.device());
            out.putIfAbsent(v6, new Target(Everything.everywhere(v6), null, v6 ? NOBODY_V6 : NOBODY, inside));
        }
        return List.copyOf(out.values());
    }

    /** An address that is not the host's own: the kernel takes no packet of those from outside. */
    private static Ip other(Fabric fabric, Host host, Cidr prefix) {
        List<Ip> own = fabric.addresses(host).stream().map(Cidr::address).toList();
        int bits = (prefix.isV6() ? 128 : 32) - prefix.length();
        for (int i = 1; bits > 1 && i < 4; i++) {
            Ip one = prefix.at(i).address();
            if (!own.contains(one)) return one;
        }
        return prefix.address();
    }

    /** WireGuard finds the peer by the destination (wg(8), allowed-ips): one next hop does for all LANs of a hub. */
    static EcmpWant of(Scope scope, HubLans lans) {
        Fabric fabric = scope.fabric();
        Host host = scope.host();
        Hub hub = lans.hub();
        List<Target> targets = lans.farLans().stream()
                .map(lan -> target(fabric, host, lan, lan.at(1).address()))
                .toList();
        boolean shared = fabric.isHub(hub, host) && fabric.hostsOf(hub.on()).size() > 1;
        return new EcmpWant(
                lans.label(),
                List.of(new Hop(hub.name(), 1, 0, Hop.ANY)),
                targets,
                others(fabric, host, lans.label()),
                false,
                Set.of(),
                Route.Hash.L4,
                devices(fabric, host, targets),
                shared ? Over.SHARED_HUB : Over.HUB,
                0);
    }

    static int first(Fabric fabric, Host host, String label) {
        return NexthopGroup.first(
                label, fabric.staticRoutes(host).stream().map(Route::label).toList());
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

    private static Set<String> devices(Fabric fabric, Host host, List<Target> targets) {
        Set<String> out = new TreeSet<>();
        targets.forEach(target -> out.addAll(holding(fabric, host, target.source())));
        return out;
    }

    private static Target target(Fabric fabric, Host host, Tunnel tunnel, Cidr lan) {
        Ip someone = fabric.host(tunnel.farFrom(host.name()).host())
                .flatMap(far -> fabric.lanAddress(far, lan.isV6()))
                .filter(lan::contains)
                .orElseGet(() -> lan.at(1).address());
        return target(fabric, host, lan, someone);
    }

    private static Target target(Fabric fabric, Host host, Cidr lan, Ip someone) {
        return new Target(lan, fabric.lanAddress(host, lan.isV6()).orElse(null), someone, null);
    }

    private static List<String> holding(Fabric fabric, Host host, @Nullable Ip address) {
        return fabric.links(host).stream()
                .filter(link ->
                        link.addresses().stream().anyMatch(one -> one.address().equals(address)))
                .map(Link::name)
                .toList();
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

    /** What its routes shall lead over while these tunnels are dead. Rather over one that is left out than not at all. */
    private List<Hop> ways(Set<String> dead) {
        List<Hop> alive = hops.stream().filter(hop -> isUsable(hop, dead)).toList();
        return Preferred.first(alive.isEmpty() ? hops : alive, Hop::rank, _ -> true);
    }

    /**
     * What the kernel shall have while these tunnels are dead.
     *
     * @param grouped whether the next hops are in a group
     */
    KernelRoute route(Target target, Set<String> dead, boolean grouped) {
        boolean v6 = target.prefix().isV6();
        List<KernelRoute.Nexthop> ways =
                ways(dead).stream().map(hop -> hop.nexthop(v6)).toList();
        return new KernelRoute(
                target.prefix(),
                null,
                EcmpModule.PROTOCOL,
                target.source() == null ? null : target.source().toString(),
                v6 ? 1024 : null,
                null,
                ways,
                grouped ? Integer.valueOf(NexthopGroup.id(first, v6)) : null,
                target.inside() == null ? null : target.inside().table());
    }

    /** The families that it leads to. */
    List<Boolean> families() {
        return targets.stream().map(target -> target.prefix().isV6()).distinct().toList();
    }

    /** The group of a family's next hops while these tunnels are dead. */
    NexthopGroup group(boolean v6, Set<String> dead) {
        int id = NexthopGroup.id(first, v6);
        List<NexthopGroup.Member> members = ways(dead).stream()
                .map(hop -> new NexthopGroup.Member(
                        id + NexthopGroup.offset(hops.indexOf(hop)), hop.tunnel(), hop.weight()))
                .toList();
        return new NexthopGroup(id, NexthopGroup.SHAPE, members);
    }

    /** Whether a nexthop object may be there beside those of the groups: of a tunnel that is left out now. */
    boolean isMember(NextHops.Device device) {
        for (boolean v6 : families()) {
            int before = device.id() - NexthopGroup.id(first, v6) - NexthopGroup.offset(0);
            if (before >= 0 && before % 2 == 0 && before / 2 < hops.size()) return true;
        }
        return false;
    }

    private boolean isUsable(Hop hop, Set<String> dead) {
        return !dead.contains(hop.tunnel()) && !drained.contains(hop.tunnel());
    }

    /** Those that the route shall go over while these are dead, which may be among them: the others stand by. */
    List<Hop> turn(Set<String> dead) {
        return Preferred.first(hops, Hop::rank, hop -> isUsable(hop, dead));
    }

    Map<String, Integer> ranks() {
        Map<String, Integer> out = new LinkedHashMap<>();
        hops.forEach(hop -> out.put(hop.tunnel(), hop.rank()));
        return out;
    }

    Memory memory() {
        Memory out = GoneRoute.memory(
                targets.stream()
                        .filter(target -> target.inside() == null)
                        .map(Target::prefix)
                        .toList(),
                hops.stream().map(Hop::tunnel).toList());
        return watched ? out.with(EcmpGone.NEXTHOPS, Integer.toString(first)) : out;
    }

    boolean leadsTo(Cidr prefix) {
        return others.contains(prefix)
                || targets.stream().anyMatch(target -> target.prefix().equals(prefix));
    }
}
