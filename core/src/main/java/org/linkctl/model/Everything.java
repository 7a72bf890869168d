package org.linkctl.model;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What a route carries beside what is for the far LANs: all that some sources of one site send, whatever it is for. It
 * comes in by the interfaces of their LAN, so that what the host itself sends is none of it.
 */
public final class Everything {
    /** The routing tables of routes have this number or one of the next {@link #TABLES}, which are no other program's. */
    public static final int FIRST_TABLE = 0x6c70_0000;

    private static final int TABLES = 1 << 16;

    /** Sources, and an interface by which they come in. */
    public record Source(Cidr prefix, String device) {}

    private Everything() {}

    /** The sources of a route that are in the LAN on a host's side. */
    public static List<Cidr> sources(Fabric fabric, Route route, Host host) {
        return within(route, fabric.siteOf(host).lan());
    }

    /** Those on the other side: what they send comes out here. */
    public static List<Cidr> farSources(Fabric fabric, Route route, Host host) {
        return within(route, fabric.farLans(route, host));
    }

    private static List<Cidr> within(Route route, List<Cidr> lans) {
        return route.everythingFrom().stream()
                .filter(source -> lans.stream().anyMatch(lan -> holds(lan, source)))
                .toList();
    }

    /** Whether all of a prefix lies in another one. */
    public static boolean holds(Cidr lan, Cidr prefix) {
        return lan.length() <= prefix.length() && lan.contains(prefix.address());
    }

    /**
     * The same, each with the interfaces on whose networks they are; where they are on none, since routers of the LAN are
     * in between, with those by which the host is part of the LAN.
     */
    public static List<Source> of(Fabric fabric, Route route, Host host) {
        List<Source> out = new ArrayList<>();
        for (Cidr prefix : sources(fabric, route, host))
            for (String device : devices(fabric, host, prefix)) out.add(new Source(prefix, device));
        return List.copyOf(out);
    }

    /**
     * The interfaces of a host on whose networks a part of its LAN is; where it is on none, those by which the host is part of
     * the LAN.
     */
    static List<String> devices(Fabric fabric, Host host, Cidr prefix) {
        List<String> near = fabric.links(host).stream()
                .filter(link -> link.addresses().stream().anyMatch(own -> meet(own.network(), prefix)))
                .map(Link::name)
                .toList();
        if (!near.isEmpty()) return near;
        Ip lan = fabric.lanAddress(host, prefix.isV6()).orElse(null);
        return fabric.links(host).stream()
                .filter(link ->
                        link.addresses().stream().anyMatch(own -> own.address().equals(lan)))
                .map(Link::name)
                .toList();
    }

    private static boolean meet(Cidr one, Cidr other) {
        return holds(one, other) || holds(other, one);
    }

    /** The routing table by which they go. The same whatever else is declared. */
    public static int table(Route route) {
        return FIRST_TABLE + Math.floorMod(route.label().hashCode(), TABLES);
    }

    public static Cidr everywhere(boolean v6) {
        return Cidr.of(v6 ? "::/0" : "0.0.0.0/0");
    }
}
