package org.linkctl.check;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.linkctl.model.Bgp;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.IpSet;

/** Routes by BGP, and the hosts that take part in it. */
final class BgpChecks {
    /** The most prefixes that a message names. */
    private static final int SHOWN = 4;

    /** RFC 4271, section 4.2: 0, or at least three seconds; two octets. 0 is for sessions that never end. */
    private static final int SHORTEST_HOLD = 3;

    private static final int LONGEST_HOLD = 65_535;

    private final Refusals refusals;

    BgpChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        boolean resolved = fabric.routes().stream().filter(Route::isBgp).allMatch(route -> isResolved(fabric, route));
        for (Host host : fabric.hosts()) {
            for (Bgp bgp : fabric.of(Bgp.class, host)) announced(fabric, host, bgp, resolved);
        }
        for (Route route : fabric.routes()) {
            if (!route.isBgp()) withoutBgp(route);
            else {
                attributes(fabric, route);
                ends(fabric, route);
            }
        }
    }

    private void announced(Fabric fabric, Host host, Bgp bgp, boolean resolved) {
        List<Cidr> lan = fabric.hasSite(host.site()) ? fabric.siteOf(host).lan() : List.of();
        if (bgp.announce().isEmpty()) {
            String detail = "a host that takes no part in BGP has no bgp(...)";
            refusals.conflict(bgp.at(), "announce", "", "announce: names no prefix", detail);
        }
        Set<Cidr> seen = new LinkedHashSet<>();
        for (Cidr prefix : bgp.announce()) {
            boolean own = lan.stream().anyMatch(net -> net.contains(prefix));
            if (!own) {
                refusals.conflict(
                        bgp.at(),
                        "announce",
                        prefix.toString(),
                        "announce: " + prefix + " is no part of the LAN of site '" + Names.shown(host.site()) + "'",
                        "a tunnel takes packets for declared LANs alone; lan: "
                                + (lan.isEmpty() ? "names none" : Names.shown(joined(lan))));
            } else if (!seen.add(prefix)) {
                String summary = "announce: names " + prefix + " twice";
                refusals.twice(bgp.at(), "announce", prefix.toString(), summary, "");
            }
        }
        // Where a route names what is not there, that is said, and it may be one of this host's.
        if (!resolved) return;
        boolean routed = fabric.routesAt(host.site()).stream()
                .anyMatch(route -> route.isBgp()
                        && !RouteChecks.carrying(fabric, host, route).isEmpty());
        if (routed) return;
        refusals.doubt(
                bgp.at(),
                "",
                "",
                Names.shown(host.name()) + " takes part in BGP, and none of its routes is by BGP",
                "a route over its tunnels needs protocol: BGP");
    }

    private static boolean isResolved(Fabric fabric, Route route) {
        return RouteChecks.joinsTwo(fabric, route)
                && route.via().stream()
                        .noneMatch(name -> fabric.tunnelsNamed(name).isEmpty())
                && route.via().stream()
                        .flatMap(name -> fabric.tunnelsNamed(name).stream())
                        .flatMap(tunnel -> tunnel.ends().stream())
                        .allMatch(end -> fabric.host(end.host()).isPresent());
    }

    private static String joined(List<Cidr> prefixes) {
        return String.join(", ", prefixes.stream().map(Cidr::toString).toList());
    }

    private void withoutBgp(Route route) {
        String detail = "there is none without protocol: BGP; failover: WATCH is for a route that is not by BGP";
        if (route.bfd()) refuse(route, "bfd", "", "bfd: watches sessions of BGP", detail);
        if (!route.hold().isEmpty()) refuse(route, "hold", "", "hold: is a time of BGP", detail);
    }

    private void attributes(Fabric fabric, Route route) {
        if (route.failover() == Route.Failover.WATCH) {
            refuse(
                    route,
                    "failover",
                    route.failover().name(),
                    "failover: WATCH is for a route that is not by BGP",
                    "BGP takes a dead tunnel out itself: bfd: true does so in less than a second");
        }
        if (route.weights().values().stream().anyMatch(weight -> weight != 1)) {
            refuse(
                    route,
                    "weights",
                    "",
                    "weights: BGP spreads over equal paths",
                    "take weights: out, or protocol: BGP");
        }
        holds(fabric, route);
    }

    private void holds(Fabric fabric, Route route) {
        for (String name : new TreeSet<>(route.hold().keySet())) {
            int seconds = route.hold(name);
            if (fabric.tunnelsNamed(name).isEmpty()) {
                List<String> names = fabric.tunnels().stream().map(Tunnel::name).toList();
                boolean other = new OtherKind(refusals, fabric)
                        .refuses(route.at(), "hold", name, "tunnel", "hold: is of tunnels of the route");
                if (!other) refusals.unknown(route.at(), "hold", "tunnel", name, names);
            } else if (!fabric.leadsBy(route, name)) {
                String summary = "hold: '" + Names.shown(name) + "' is not among the tunnels of via:";
                refuse(route, "hold", name, summary, "via: " + Names.shown(String.join(", ", route.via())));
            } else if (seconds < SHORTEST_HOLD || seconds > LONGEST_HOLD) {
                String summary = "hold: " + seconds + " for '" + Names.shown(name) + "' is out of range";
                String right = "from " + SHORTEST_HOLD + " to " + LONGEST_HOLD + " seconds (RFC 4271)";
                refusals.value(route.at(), "hold", name, summary, right);
            }
        }
    }

    private void ends(Fabric fabric, Route route) {
        if (!RouteChecks.joinsTwo(fabric, route)) return;
        Set<String> lacking = new LinkedHashSet<>();
        Set<Cidr> announced = new LinkedHashSet<>();
        boolean foreign = false;
        for (String name : new LinkedHashSet<>(route.via())) {
            Optional<Tunnel> found = fabric.tunnelsNamed(name).stream().findFirst();
            if (found.isEmpty() || found.get().ends().size() != 2) continue; // said by others
            Tunnel tunnel = found.get();
            if (tunnel.hasUnmanaged()) {
                unmanaged(route, tunnel);
                foreign = true;
                continue;
            }
            session(route, tunnel);
            Set<Long> numbers = new LinkedHashSet<>();
            for (Tunnel.End end : tunnel.ends()) {
                Optional<Bgp> bgp = fabric.host(end.host()).flatMap(host -> fabric.one(Bgp.class, host));
                bgp.ifPresent(one -> announced.addAll(one.announce()));
                bgp.ifPresentOrElse(one -> numbers.add(one.as()), () -> lacking.add(end.host()));
            }
            boolean both = tunnel.ends().stream()
                    .allMatch(end -> fabric.host(end.host())
                            .flatMap(host -> fabric.one(Bgp.class, host))
                            .isPresent());
            if (both && numbers.size() == 1)
                same(route, tunnel, numbers.iterator().next());
        }
        for (String host : lacking) {
            if (fabric.host(host).isEmpty()) continue;
            refuse(
                    route,
                    "protocol",
                    "BGP",
                    Names.shown(host) + " takes no part in BGP, and " + RouteChecks.shown(route) + " ends there",
                    "give it bgp(as: …, announce: […])");
        }
        if (lacking.isEmpty() && !foreign) unheard(fabric, route, announced);
    }

    private void unmanaged(Route route, Tunnel tunnel) {
        String summary = "protocol: BGP over tunnel '" + Names.shown(tunnel.name()) + "', whose other end is a peer";
        String detail =
                "linkctl does not log in to a peer, and configures no BGP there: leave protocol: out, declared at ";
        refuse(route, "via", tunnel.name(), summary, detail + tunnel.at());
    }

    /**
     * FRR opens no session over IPv6 where the interface has no link-local address (bgp_zebra_nexthop_set), and WireGuard's
     * has none: one over IPv4 carries the routes of both families.
     */
    private void session(Route route, Tunnel tunnel) {
        for (Tunnel.End end : tunnel.ends()) {
            if (end.addresses().stream().anyMatch(address -> !address.isV6())) continue;
            refuse(
                    route,
                    "via",
                    tunnel.name(),
                    "via: no IPv4 in tunnel '" + Names.shown(tunnel.name()) + "', which a route by BGP needs",
                    "FRR opens no session over IPv6 on an interface without a link-local address, as those of WireGuard"
                            + " are; one over IPv4 carries IPv6 routes, too: give each end an IPv4 address at "
                            + tunnel.at());
            return;
        }
    }

    private void same(Route route, Tunnel tunnel, long number) {
        refuse(
                route,
                "via",
                tunnel.name(),
                "both ends of tunnel '" + Names.shown(tunnel.name()) + "' are in autonomous system " + number,
                "give each site its own as:");
    }

    /** A LAN that no host tells the other site of, or of a part alone: for the rest no route is held there, not even a fallback. */
    private void unheard(Fabric fabric, Route route, Set<Cidr> announced) {
        for (String name : route.between()) {
            Site site = fabric.site(name);
            for (Cidr lan : site.lan()) {
                boolean led =
                        fabric.site(route.otherThan(name)).lan().stream().anyMatch(other -> other.isV6() == lan.isV6());
                if (!led) continue;
                List<Cidr> rest = IpSet.of(List.of(lan), lan.isV6())
                        .without(IpSet.of(announced, lan.isV6()))
                        .prefixes();
                if (rest.isEmpty()) continue;
                boolean whole = rest.equals(List.of(lan));
                String missing = rest.stream().limit(SHOWN).map(Cidr::toString).collect(Collectors.joining(", "));
                refusals.doubt(
                        route.at(),
                        "between",
                        name,
                        lan + ", a LAN of site '" + Names.shown(name) + "', is announced by no host"
                                + (whole ? "" : " as a whole"),
                        whole
                                ? "nobody learns the way there: name it in announce:"
                                : "nobody learns the way to " + missing + (rest.size() > SHOWN ? ", …" : "")
                                        + ": what is meant for it leaves the other site by its default route, in clear;"
                                        + " name it in announce:");
            }
        }
    }

    private void refuse(Route route, String attribute, String value, String summary, String detail) {
        refusals.conflict(route.at(), attribute, value, summary, detail);
    }
}
