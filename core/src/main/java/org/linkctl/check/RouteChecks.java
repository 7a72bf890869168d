package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;
import org.linkctl.net.Cidr;

/** Routes that lead nowhere. */
final class RouteChecks {
    private static final int NEXT_HOPS = 128;

    /** FRR, maximum-paths: as linkctl's configuration has it on Linux; as FreeBSD's package is built (net/frr10, MULTIPATH). */
    private static int bgpPaths(Host host) {
        return host.os() == Os.LINUX ? 32 : 16;
    }

    private final Refusals refusals;

    RouteChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<Set<String>, Route> seen = new HashMap<>();
        for (Route route : fabric.routes()) {
            boolean sites = between(fabric, route);
            if (sites) {
                Route first = seen.putIfAbsent(new TreeSet<>(route.between()), route);
                if (first != null) {
                    refuse(
                            route,
                            "between",
                            "",
                            "a second route between " + String.join(" and ", route.between()),
                            "the first is at " + first.at() + "; name all tunnels in one via:");
                }
            }
            via(fabric, route, sites);
            weights(fabric, route);
            prefer(fabric, route);
            if (sites) families(fabric, route);
            if (sites) nextHops(fabric, route);
        }
        labels(fabric);
    }

    /** One message of rtnetlink(7) has room for so many next hops with a gateway of IPv6; ip(8) would not take more. */
    private void nextHops(Fabric fabric, Route route) {
        for (Host host : fabric.hosts()) {
            int hops = carrying(fabric, host, route).size();
            int most = route.isBgp() ? bgpPaths(host) : NEXT_HOPS;
            if (hops <= most) continue;
            refuse(
                    route,
                    "via",
                    "",
                    "a route over " + hops + " tunnels of " + Names.shown(host.name()) + ", of which "
                            + (route.isBgp() ? "FRR uses " + most + " at once" : "a host takes " + most),
                    "spread them over more hosts, or name fewer in via:");
            return;
        }
    }

    /** A host's files for a route are named by its label, and a-a-b is of a and a-b as well as of a-a and b. */
    private void labels(Fabric fabric) {
        Map<String, Route> seen = new HashMap<>();
        for (Route route : fabric.routes()) {
            if (!joinsTwo(fabric, route)) continue;
            for (String site : route.between()) {
                Route first = seen.putIfAbsent(site + " " + route.label(), route);
                boolean other = first != null && !new TreeSet<>(first.between()).equals(new TreeSet<>(route.between()));
                if (first == null || !other) continue;
                String summary = "routes between " + String.join(" and ", route.between()) + " and between "
                        + String.join(" and ", first.between()) + " are both named " + route.label() + " on "
                        + Names.shown(site);
                refuse(route, "between", "", summary, "give one of the sites another name; also at " + first.at());
            }
        }
    }

    /** Whether it is between two different sites, both declared. */
    static boolean joinsTwo(Fabric fabric, Route route) {
        List<String> between = route.between();
        return between.size() == 2
                && !between.getFirst().equals(between.getLast())
                && between.stream().allMatch(fabric::hasSite);
    }

    /** The tunnels of a route that end on a host, by name; none where the route cannot be worked with. */
    static List<String> carrying(Fabric fabric, Host host, Route route) {
        if (!joinsTwo(fabric, route) || !route.joins(host.site())) return List.of();
        return fabric.carrying(route, host);
    }

    /** Whether both LANs have the family: packets of another one have nowhere to go. */
    static boolean leads(Fabric fabric, Host host, Route route, boolean v6) {
        return has(fabric.siteOf(host).lan(), v6) && has(fabric.farLans(route, host), v6);
    }

    static String shown(Route route) {
        return "route between " + Names.shown(String.join(" and ", route.between()));
    }

    /** The same, and says so where it is not. */
    private boolean between(Fabric fabric, Route route) {
        boolean known = true;
        for (String name : route.between()) {
            if (fabric.hasSite(name)) continue;
            List<String> sites =
                    fabric.sites().stream().map(Site::name).distinct().toList();
            // What stands in place of one site is not the other one.
            Set<String> others = route.between().stream()
                    .filter(one -> !one.equals(name))
                    .flatMap(one -> sitesOf(fabric, one))
                    .collect(Collectors.toSet());
            String same = sitesOf(fabric, name)
                    .filter(others::contains)
                    .distinct()
                    .map(one -> "; both are of site " + Names.shown(one))
                    .collect(Collectors.joining());
            boolean other = new OtherKind(refusals, fabric)
                    .refuses(
                            route.at(),
                            "between",
                            name,
                            "site",
                            "a route joins the LANs of two sites" + same,
                            host -> !others.contains(host.site()));
            if (!other) refusals.unknown(route.at(), "between", "site", name, sites);
            known = false;
        }
        if (route.between().size() != 2) {
            int count = route.between().size();
            refusals.alone(route.at(), "between", "between: expected two sites, got " + count, "");
            return false;
        }
        if (!route.between().getFirst().equals(route.between().getLast())) return known;
        String name = Names.shown(route.between().getFirst());
        refusals.alone(route.at(), "between", "a route between site '" + name + "' and itself", "");
        return false;
    }

    private static Stream<String> sitesOf(Fabric fabric, String name) {
        return fabric.hasSite(name)
                ? Stream.of(name)
                : fabric.hostsUnder(name).stream().map(Host::site);
    }

    private void via(Fabric fabric, Route route, boolean sites) {
        if (route.via().isEmpty()) refusals.alone(route.at(), "via", "via: names no tunnel", "");
        Set<String> seen = new HashSet<>();
        for (String name : route.via()) {
            if (!seen.add(name)) {
                String summary = "via: names '" + Names.shown(name) + "' twice";
                refusals.twice(route.at(), "via", name, summary, "weights: is for that");
            } else if (fabric.tunnelsNamed(name).isEmpty()) unknown(fabric, route, "via", name);
            else if (sites) ends(fabric, route, fabric.tunnel(name));
        }
    }

    private void unknown(Fabric fabric, Route route, String attribute, String name) {
        String rule = "a route leads over tunnels; over a hub, lan: of its spokes does";
        if (new OtherKind(refusals, fabric).refuses(route.at(), attribute, name, "tunnel", rule)) return;
        List<String> names = fabric.tunnels().stream().map(Tunnel::name).toList();
        refusals.unknown(route.at(), attribute, "tunnel", name, names);
    }

    private void ends(Fabric fabric, Route route, Tunnel tunnel) {
        if (tunnel.ends().size() != 2) return;
        List<String> sites = new ArrayList<>();
        for (Tunnel.End end : tunnel.ends()) {
            if (end.unmanaged() != null && end.unmanaged().site() == null) {
                refuse(
                        route,
                        "via",
                        tunnel.name(),
                        "via: tunnel '" + Names.shown(tunnel.name()) + "' leads to " + Names.shown(end.host())
                                + ", a peer of no site",
                        "what is behind it is the LAN of a site" + beyond(fabric, route, tunnel, end) + " at "
                                + end.at());
                return;
            }
            siteOf(fabric, end).ifPresent(sites::add);
        }
        if (sites.size() != 2) return;
        if (new HashSet<>(sites).equals(new HashSet<>(route.between()))) return;
        refuse(
                route,
                "via",
                tunnel.name(),
                "via: " + String.join(" and ", route.between()) + " are not joined by tunnel '"
                        + Names.shown(tunnel.name()) + "'",
                "but " + String.join(" and ", sites) + " are, as declared at " + tunnel.at());
    }

    /** The site of the route that is not that of the tunnel's other end, as an attribute of the peer; or the attribute alone. */
    private static String beyond(Fabric fabric, Route route, Tunnel tunnel, Tunnel.End peer) {
        List<String> near = tunnel.ends().stream()
                .filter(end -> !end.equals(peer))
                .flatMap(end -> siteOf(fabric, end).stream())
                .toList();
        List<String> far =
                route.between().stream().filter(site -> !near.contains(site)).toList();
        return far.size() == 1 ? ": give it site: '" + Names.shown(far.getFirst()) + "'" : ": give it site:";
    }

    private static Optional<String> siteOf(Fabric fabric, Tunnel.End end) {
        Unmanaged peer = end.unmanaged();
        return peer == null ? fabric.host(end.host()).map(Host::site) : Optional.ofNullable(peer.site());
    }

    private void weights(Fabric fabric, Route route) {
        for (String name : new TreeSet<>(route.weights().keySet())) {
            if (fabric.leadsBy(route, name)) continue;
            if (fabric.tunnelsNamed(name).isEmpty()) {
                unknown(fabric, route, "weights", name);
            } else {
                refuse(
                        route,
                        "weights",
                        name,
                        "weights: '" + Names.shown(name) + "' is not among the tunnels of via:",
                        "via: " + Names.shown(String.join(", ", route.via())));
            }
        }
    }

    /** A tunnel whose turn comes when another one is dead: somebody has to find out that it is. */
    private void prefer(Fabric fabric, Route route) {
        if (!route.isOrdered()) return;
        if (route.isBgp()) {
            String detail = "BGP spreads over equal paths: take prefer: out, or protocol: BGP";
            refuse(route, "prefer", "", "prefer: is for a route that is not by BGP", detail);
        } else if (route.failover() != Route.Failover.WATCH) {
            refuse(
                    route,
                    "prefer",
                    "",
                    "prefer: without failover: WATCH",
                    "an interface of WireGuard stays up when its far end is dead, so that no other tunnel would ever be"
                            + " used: failover: WATCH");
        }
        Set<String> seen = new HashSet<>();
        for (String name : route.prefer().stream().flatMap(List::stream).toList()) {
            if (fabric.tunnelsNamed(name).isEmpty()) unknown(fabric, route, "prefer", name);
            else if (!fabric.leadsBy(route, name)) {
                String summary = "prefer: '" + Names.shown(name) + "' is not among the tunnels of via:";
                refuse(route, "prefer", name, summary, "via: " + Names.shown(String.join(", ", route.via())));
            } else if (!seen.add(name)) {
                String summary = "prefer: names '" + Names.shown(name) + "' twice";
                refusals.twice(route.at(), "prefer", name, summary, "its first place counts");
            }
        }
        if (joinsTwo(fabric, route)) standby(fabric, route);
        boolean alike = route.via().stream().map(route::rank).distinct().count() < 2;
        if (alike && !route.via().isEmpty()) {
            String summary = "prefer: names all tunnels of via: as one";
            refusals.doubt(
                    route.at(), "prefer", "", summary, "none of them stands by; name those alone that come first");
        }
    }

    /** A host chooses among its own tunnels. */
    private void standby(Fabric fabric, Route route) {
        boolean ranked = route.via().stream().map(route::rank).distinct().count() > 1;
        boolean known =
                route.via().stream().allMatch(name -> fabric.tunnelsNamed(name).size() > 0);
        if (!ranked || !known) return;
        for (Host host : fabric.hosts()) {
            List<String> own = carrying(fabric, host, route);
            if (own.stream().map(route::rank).distinct().count() > 1) return;
        }
        refusals.doubt(
                route.at(),
                "prefer",
                "",
                "prefer: no host has tunnels of which one comes before another",
                "a host chooses among its own tunnels, and those of each host come at once: all of them are used");
    }

    private void families(Fabric fabric, Route route) {
        List<Site> sites = route.between().stream().map(fabric::site).toList();
        for (Site site : sites) {
            if (site.lan().isEmpty()) {
                refuse(
                        route,
                        "between",
                        site.name(),
                        "site '" + Names.shown(site.name()) + "' has no LAN to route to",
                        "give it lan: at " + site.at());
            }
        }
        if (sites.stream().anyMatch(site -> site.lan().isEmpty())) return;
        boolean v4 = sites.stream().allMatch(site -> has(site.lan(), false));
        boolean v6 = sites.stream().allMatch(site -> has(site.lan(), true));
        if (!v4 && !v6) refuse(route, "between", "", "the LANs of the two sites have no address family in common", "");
        if (!v6) return;
        for (String name : new HashSet<>(route.via())) {
            fabric.tunnelsNamed(name).stream()
                    .filter(tunnel -> tunnel.ends().stream().anyMatch(end -> !has(end.addresses(), true)))
                    .forEach(tunnel -> refuse(
                            route,
                            "via",
                            name,
                            "via: no IPv6 in tunnel '" + Names.shown(name) + "', while both LANs have it",
                            (tunnel.group() == null
                                            ? "give each of its ends an IPv6 address"
                                            : "give transit: an IPv6 block")
                                    + " at " + tunnel.at() + "; an IPv6 route over several tunnels leads by those"));
        }
    }

    private static boolean has(List<Cidr> prefixes, boolean v6) {
        return prefixes.stream().anyMatch(one -> one.isV6() == v6);
    }

    private void refuse(Route route, String attribute, String value, String summary, String detail) {
        refusals.conflict(route.at(), attribute, value, summary, detail);
    }
}
