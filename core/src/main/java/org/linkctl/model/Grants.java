package org.linkctl.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.linkctl.net.Cidr;

/**
 * What tunnels, hubs, routes and gateways of a host need, and its firewall therefore lets through by itself: the ports that they
 * listen on, and packets between the LANs that they join.
 */
public final class Grants {
    /**
     * For how long both firewalls remember a UDP flow that is sent in one direction, in seconds: pf.conf(5), udp.single;
     * kernel: nf_conntrack-sysctl, nf_conntrack_udp_timeout.
     */
    private static final int REMEMBERED = 30;

    /**
     * UDP ports of the host.
     *
     * @param why which tunnels and hubs listen there
     * @param called a far end may be the first to send. Otherwise the host always is, and what comes back passes as part of
     *     a flow that it began
     */
    public record Port(Firewall.Ports ports, String why, boolean called) {}

    /**
     * What comes in by an interface.
     *
     * @param from prefixes of one family
     * @param to the same
     * @param why what it belongs to
     */
    public record Through(String device, boolean v6, List<Cidr> from, List<Cidr> to, String why) {}

    private final Fabric fabric;
    private final Host host;
    private final List<Through> through = new ArrayList<>();

    private Grants(Fabric fabric, Host host) {
        this.fabric = fabric;
        this.host = host;
    }

    /** The ports in ascending order; those that follow each other, and are called or not alike, are one range. */
    public static List<Port> ports(Fabric fabric, Host host) {
        Map<Integer, Port> all = new TreeMap<>();
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Tunnel.End end = tunnel.endOn(host.name());
            all.put(end.port(), port(end.port(), "tunnel " + tunnel.name(), isCalled(tunnel, end)));
        }
        for (Hub hub : fabric.hubs(host)) {
            if (fabric.isHub(hub, host)) all.put(hub.port(), port(hub.port(), "hub " + hub.name(), true));
        }
        List<Port> out = new ArrayList<>();
        all.forEach((number, port) -> {
            Port before = out.isEmpty() ? null : out.getLast();
            if (before == null || before.ports().to() + 1 != number || before.called() != port.called()) {
                out.add(port);
            } else {
                Firewall.Ports range = new Firewall.Ports(before.ports().from(), number);
                out.set(out.size() - 1, new Port(range, before.why() + ", " + port.why(), port.called()));
            }
        });
        return out;
    }

    private static Port port(int number, String why, boolean called) {
        return new Port(new Firewall.Ports(number, number), why, called);
    }

    /**
     * An end without an endpoint calls. The other end learns where from it does (wg(8), endpoint), and may send there at
     * any time: where keepalives do not keep the firewall's state, this end is called, too.
     */
    private static boolean isCalled(Tunnel tunnel, Tunnel.End end) {
        Integer keepalive = tunnel.keepalive();
        return end.endpoint() != null || keepalive == null || keepalive >= REMEMBERED;
    }

    /** What comes out of tunnels and hubs for declared addresses, and out of the LAN for the LANs beyond them. */
    public static List<Through> through(Fabric fabric, Host host) {
        Grants grants = new Grants(fabric, host);
        for (boolean v6 : new boolean[] {false, true}) {
            Set<String> routed = new LinkedHashSet<>();
            for (Route route : fabric.routes(host)) grants.route(route, v6, routed);
            for (Tunnel tunnel : fabric.tunnels(host)) {
                if (!routed.contains(tunnel.name())) grants.tunnel(tunnel, v6);
            }
            for (Hub hub : fabric.hubs(host)) grants.hub(hub, v6);
            for (HubLans lans : HubLans.all(fabric, host)) grants.lans(lans, v6);
            for (FirezoneGateway gateway : fabric.of(FirezoneGateway.class, host)) grants.clients(gateway, v6);
        }
        List<String> skipped =
                fabric.one(Firewall.class, host).map(Firewall::skip).orElse(List.of());
        return grants.through.stream()
                .filter(one -> !skipped.contains(one.device()))
                .toList();
    }

    /** Hosts at the ends have addresses of the tunnels, too, when they speak themselves. */
    private void route(Route route, boolean v6, Set<String> routed) {
        List<Cidr> near = of(fabric.siteOf(host).lan(), v6);
        List<Cidr> far = of(fabric.farLans(route, host), v6);
        if (near.isEmpty() || far.isEmpty()) return;
        List<Tunnel> tunnels = fabric.tunnels(route, host);
        Stream<Cidr> here = tunnels.stream().flatMap(tunnel -> tunnel.endOn(host.name()).addresses().stream());
        Stream<Cidr> there = tunnels.stream().flatMap(tunnel -> tunnel.farFrom(host.name()).addresses().stream());
        List<Cidr> ours = Stream.concat(near.stream(), single(here, v6)).toList();
        List<Cidr> theirs = Stream.concat(far.stream(), single(there, v6)).toList();
        String why = "route " + route.label();
        for (Tunnel tunnel : tunnels) {
            routed.add(tunnel.name());
            add(tunnel.name(), v6, theirs, ours, why);
        }
        for (String device : onLan(near)) add(device, v6, ours, theirs, why);
        everything(route, v6, why);
    }

    /** What goes to everywhere, and what comes back, on the host where it goes in and on the one where it comes out. */
    private void everything(Route route, boolean v6, String why) {
        List<Cidr> near = of(Everything.sources(fabric, route, host), v6);
        List<Cidr> far = of(Everything.farSources(fabric, route, host), v6);
        List<Cidr> any = List.of(Everything.everywhere(v6));
        for (Tunnel tunnel : fabric.tunnels(route, host)) {
            add(tunnel.name(), v6, far, any, why);
            if (!near.isEmpty()) add(tunnel.name(), v6, any, near, why);
        }
        if (!near.isEmpty()) for (String device : onLan(near)) add(device, v6, near, any, why);
    }

    /** The interfaces by which the host is part of these: a part of a LAN is on the interface that has the LAN. */
    private Set<String> onLan(List<Cidr> lan) {
        Set<String> out = new LinkedHashSet<>();
        for (Cidr prefix : lan) out.addAll(Everything.devices(fabric, host, prefix));
        return out;
    }

    private void tunnel(Tunnel tunnel, boolean v6) {
        List<Cidr> near =
                single(tunnel.endOn(host.name()).addresses().stream(), v6).toList();
        List<Cidr> far =
                single(tunnel.farFrom(host.name()).addresses().stream(), v6).toList();
        add(tunnel.name(), v6, far, near, "tunnel " + tunnel.name());
    }

    /** Spokes reach the hub; each other only where the inventory says that it forwards. */
    private void hub(Hub hub, boolean v6) {
        List<Cidr> own = single(fabric.addresses(hub, host).stream(), v6).toList();
        String why = "hub " + hub.name();
        if (!fabric.isHub(hub, host)) {
            add(hub.name(), v6, of(hub.networks(), v6), own, why);
            return;
        }
        Stream<Cidr> called = Stream.concat(
                hub.spokes().stream().flatMap(spoke -> spoke.addresses().stream()),
                hub.peers().stream().flatMap(peer -> peer.addresses().stream()));
        List<Cidr> spokes = single(called, v6).toList();
        add(
                hub.name(),
                v6,
                spokes,
                forwards(v6) ? Stream.concat(own.stream(), spokes.stream()).toList() : own,
                why);
    }

    /** LANs that a hub joins, and the hosts and peers that they are behind when they speak themselves. */
    private void lans(HubLans lans, boolean v6) {
        Hub hub = lans.hub();
        List<Cidr> near = of(lans.near(), v6);
        List<Cidr> far = of(lans.farLans(), v6);
        boolean called = fabric.isHub(hub, host);
        Stream<Cidr> own = single(fabric.addresses(hub, host).stream(), v6);
        // Whatever of the hub's net a spoke is sent has been let through by the hub.
        Stream<Cidr> there = called
                ? single(lans.far().stream().flatMap(one -> one.via().stream()), v6)
                : of(hub.networks(), v6).stream();
        List<Cidr> ours = Stream.concat(near.stream(), own).toList();
        List<Cidr> theirs = Stream.concat(far.stream(), there).distinct().toList();
        String why = "LANs of hub " + hub.name();
        add(hub.name(), v6, theirs, called ? all(ours, theirs) : ours, why);
        for (String device : onLan(near)) add(device, v6, ours, theirs, why);
    }

    private static List<Cidr> all(List<Cidr> first, List<Cidr> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    /** Clients reach the site; the gateway itself calls, and is not called. */
    private void clients(FirezoneGateway gateway, boolean v6) {
        List<Cidr> lan = of(fabric.siteOf(host).lan(), v6);
        add(FirezoneGateway.DEVICE, v6, of(FirezoneGateway.CLIENTS, v6), lan, gateway.subject());
    }

    /** inet(4), inet6(4); kernel: ip-sysctl.rst, ip_forward and conf/all/forwarding. */
    private boolean forwards(boolean v6) {
        List<String> keys = host.os() == Os.FREEBSD
                ? List.of(v6 ? "net.inet6.ip6.forwarding" : "net.inet.ip.forwarding")
                : v6
                        ? List.of("net.ipv6.conf.all.forwarding")
                        : List.of("net.ipv4.ip_forward", "net.ipv4.conf.all.forwarding");
        return fabric.of(Sysctl.class, host).stream()
                .anyMatch(
                        sysctl -> keys.contains(sysctl.key()) && sysctl.value().equals("1"));
    }

    private void add(String device, boolean v6, List<Cidr> from, List<Cidr> to, String why) {
        if (!from.isEmpty() && !to.isEmpty()) through.add(new Through(device, v6, from, to, why));
    }

    private static List<Cidr> of(List<Cidr> prefixes, boolean v6) {
        return prefixes.stream().filter(prefix -> prefix.isV6() == v6).toList();
    }

    private static Stream<Cidr> single(Stream<Cidr> addresses, boolean v6) {
        return addresses
                .filter(address -> address.isV6() == v6)
                .map(Cidr::address)
                .map(Cidr::host);
    }
}
