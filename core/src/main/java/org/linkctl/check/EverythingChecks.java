package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.model.Balance;
import org.linkctl.model.Everything;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.net.Cidr;

/** Sources of which everything is sent over a route, and what that would take out of reach. */
final class EverythingChecks {
    private static final String ATTRIBUTE = "everythingFrom";

    private final Refusals refusals;

    EverythingChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Route route : fabric.routes()) {
            if (route.everythingFrom().isEmpty() || !RouteChecks.joinsTwo(fabric, route)) continue;
            if (route.isBgp())
                refuse(route, "", ATTRIBUTE + ": is for a route that is not by BGP", "take protocol: BGP out");
            else if (within(fabric, route)) hosts(fabric, route);
        }
        for (Host host : fabric.hosts()) twice(fabric, host);
    }

    /** Whether all are in the LAN of one of the sites. */
    private boolean within(Fabric fabric, Route route) {
        Map<String, Cidr> sites = new HashMap<>();
        boolean all = true;
        for (Cidr source : route.everythingFrom()) {
            List<Site> found = route.between().stream()
                    .map(fabric::site)
                    .filter(site -> site.lan().stream().anyMatch(lan -> Everything.holds(lan, source)))
                    .toList();
            found.forEach(site -> sites.putIfAbsent(site.name(), source));
            found.forEach(site -> family(fabric, route, source, site));
            if (!found.isEmpty()) continue;
            all = false;
            refuse(
                    route,
                    source.toString(),
                    ATTRIBUTE + ": " + source + " is in the LAN of neither " + String.join(" nor ", route.between()),
                    "sources are a LAN of one of the sites, or a part of it");
        }
        if (sites.size() > 1)
            refuse(
                    route,
                    String.valueOf(sites.get(route.between().getLast())),
                    ATTRIBUTE + ": sources of both " + String.join(" and ", route.between()),
                    "each end would send the other what leads nowhere: name those of one site");
        return all && sites.size() == 1;
    }

    /** What is forwarded over the route, and has to be translated at its other end, is of a family that is routed there. */
    private void family(Fabric fabric, Route route, Cidr source, Site site) {
        Site other = fabric.site(route.otherThan(site.name()));
        if (other.lan().stream().anyMatch(lan -> lan.isV6() == source.isV6())) return;
        String family = source.isV6() ? "IPv6" : "IPv4";
        refuse(
                route,
                source.toString(),
                ATTRIBUTE + ": " + source + " is " + family + ", of which " + Names.shown(other.name()) + " has no LAN",
                "the route leads over the tunnels what both LANs have addresses of");
    }

    private void hosts(Fabric fabric, Route route) {
        for (Host host : fabric.hosts()) {
            if (!carries(fabric, host, route)) continue;
            List<Cidr> sources = Everything.sources(fabric, route, host);
            if (!sources.isEmpty()) entry(fabric, route, host, sources);
        }
        for (Host host : fabric.hosts()) behind(fabric, route, host);
    }

    private void entry(Fabric fabric, Route route, Host host, List<Cidr> sources) {
        String name = Names.shown(host.name());
        if (host.os() == Os.FREEBSD) {
            refuse(
                    route,
                    "",
                    ATTRIBUTE + ": " + name + " is a FreeBSD host, for which linkctl cannot make this yet",
                    "route(8) has no sources, and route-to of pf.conf(5) names next hops in rules that nobody changes when a"
                            + " tunnel dies; rtable would need a FIB of its own (setfib(1)), in which linkctl keeps no routes");
            return;
        }
        List<String> known = Everything.of(fabric, route, host).stream()
                .map(one -> "" + one.prefix())
                .toList();
        for (Cidr source : sources) {
            if (known.contains(source.toString())) continue;
            refuse(
                    route,
                    source.toString(),
                    ATTRIBUTE + ": " + source + " comes in by no declared interface of " + name,
                    "declare the interface of " + name + " on that LAN, with its " + (source.isV6() ? "IPv6" : "IPv4")
                            + " address");
        }
        answers(fabric, route, host, sources);
        for (boolean v6 : new boolean[] {false, true}) untouched(fabric, route, host, v6);
    }

    /** A family that the sources have too, and that goes as it went: who names one prefix may think that nothing does. */
    private void untouched(Fabric fabric, Route route, Host host, boolean v6) {
        List<Everything.Source> sources = Everything.of(fabric, route, host);
        if (sources.stream().anyMatch(source -> source.prefix().isV6() == v6)) return;
        List<Cidr> lans = fabric.siteOf(host).lan();
        String device = sources.stream()
                .map(Everything.Source::device)
                .filter(one -> fabric.addresses(host, one).stream()
                        .anyMatch(
                                own -> own.isV6() == v6 && lans.stream().anyMatch(lan -> lan.contains(own.address()))))
                .findFirst()
                .orElse(null);
        if (device == null) return;
        String family = v6 ? "IPv6" : "IPv4";
        refusals.doubt(
                route.at(),
                ATTRIBUTE,
                "",
                ATTRIBUTE + ": no " + family + " prefix is named, and " + Names.shown(device) + " of "
                        + Names.shown(host.name()) + " has " + family,
                "what hosts there send over " + family
                        + " does not go over the tunnels: name their prefix of that family, too");
    }

    /** What answers to those outside who called it by this host: they would never hear it. */
    private void answers(Fabric fabric, Route route, Host host, List<Cidr> sources) {
        String name = Names.shown(host.name());
        fabric.one(Firewall.class, host)
                .map(Firewall::redirects)
                .orElse(List.of())
                .forEach(redirect -> {
                    if (sources.stream().anyMatch(source -> source.contains(redirect.to())))
                        called(
                                route,
                                "the redirect of " + name + " at " + redirect.at() + " leads to " + redirect.to());
                });
        for (Balance balance : fabric.all(Balance.class)) {
            if (!fabric.hostsOf(balance.on()).contains(host)) continue;
            balance.to().stream()
                    .filter(to ->
                            sources.stream().anyMatch(one -> Everything.holds(one, to) || Everything.holds(to, one)))
                    .forEach(to -> called(route, "the balance of " + name + " at " + balance.at() + " is for " + to));
        }
    }

    private void called(Route route, String what) {
        String summary = ATTRIBUTE + ": " + what + ", whose answers would go over the tunnels";
        refuse(route, "", summary, "leave that address out of the sources");
    }

    /** Another host that linkctl logs in to, perhaps from outside. */
    private void behind(Fabric fabric, Route route, Host host) {
        if (carries(fabric, host, route)
                && !Everything.sources(fabric, route, host).isEmpty()) return;
        boolean inside = fabric.addresses(host).stream()
                .anyMatch(own -> route.everythingFrom().stream().anyMatch(source -> source.contains(own.address())));
        if (!inside) return;
        refusals.doubt(
                route.at(),
                ATTRIBUTE,
                "",
                ATTRIBUTE + ": what " + Names.shown(host.name()) + " answers goes over the tunnels, too",
                "linkctl reaches it from the LANs, over the tunnels or by a jump host there; from elsewhere only where its"
                        + " answers find back from the far site");
    }

    private static boolean carries(Fabric fabric, Host host, Route route) {
        return !RouteChecks.carrying(fabric, host, route).isEmpty();
    }

    private void twice(Fabric fabric, Host host) {
        Map<Cidr, Route> seen = new HashMap<>();
        Map<Integer, Route> tables = new HashMap<>();
        for (Route route : fabric.routesAt(host.site())) {
            if (!carries(fabric, host, route)) continue;
            List<Cidr> sources = Everything.sources(fabric, route, host);
            if (sources.isEmpty()) continue;
            Route same = tables.putIfAbsent(Everything.table(route), route);
            if (same != null)
                refuse(
                        route,
                        "",
                        "the routes " + route.label() + " and " + same.label() + " would have one routing table on "
                                + Names.shown(host.name()),
                        "their numbers are made of the sites' names: give one of the sites another name");
            for (Cidr source : sources) {
                seen.forEach((other, first) -> {
                    boolean overlap = Everything.holds(other, source) || Everything.holds(source, other);
                    if (first.equals(route) || !overlap) return;
                    refuse(
                            route,
                            source.toString(),
                            ATTRIBUTE + ": " + source + " goes by another route already",
                            "as " + other + " at " + first.at());
                });
            }
            sources.forEach(source -> seen.putIfAbsent(source, route));
        }
    }

    private void refuse(Route route, String value, String summary, String detail) {
        refusals.conflict(route.at(), ATTRIBUTE, value, summary, detail);
    }
}
