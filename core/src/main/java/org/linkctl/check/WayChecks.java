package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.net.Cidr;
import org.linkctl.net.Prefixes;

/** Hosts that would have two ways to one prefix, of which a hub is one; those by routes alone are RouteChecks'. */
final class WayChecks {
    /**
     * A way to a prefix.
     *
     * @param what leads there
     * @param hub it is one, so that the other one is refused at its side
     */
    private record Way(Cidr prefix, String what, boolean hub, Place at) {}

    private final Refusals refusals;

    WayChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            List<Way> all = new ArrayList<>();
            for (Route route : fabric.routesAt(host.site())) routes(fabric, host, route, all);
            List<HubLans> hubs = fabric.hasSite(host.site()) ? HubLans.all(fabric, host) : List.of();
            for (HubLans lans : hubs) hubs(fabric, host, lans, all);
            String gateway = host.gateway();
            if (gateway != null) gateway(fabric, host, gateway, all);
            if (all.stream().anyMatch(Way::hub)) together(host, all);
            labels(fabric, host, hubs);
        }
    }

    private static void routes(Fabric fabric, Host host, Route route, List<Way> out) {
        if (RouteChecks.carrying(fabric, host, route).isEmpty()) return;
        for (Cidr lan : fabric.farLans(route, host))
            out.add(new Way(lan, "the " + RouteChecks.shown(route), false, route.at()));
    }

    private static void hubs(Fabric fabric, Host host, HubLans lans, List<Way> out) {
        Place at = fabric.spoke(lans.hub(), host.name())
                .filter(spoke -> !fabric.isHub(lans.hub(), host))
                .map(spoke -> spoke.at())
                .orElse(lans.hub().at());
        String what = "hub '" + Names.shown(lans.hub().name()) + "'";
        for (Cidr lan : lans.farLans()) out.add(new Way(lan, what, true, at));
    }

    /** Its own site's gateway leads it where that one is led; two routes with a gateway are GatewayChecks'. */
    private static void gateway(Fabric fabric, Host host, String name, List<Way> out) {
        Host gateway = fabric.host(name)
                .filter(one -> one.site().equals(host.site()) && !one.name().equals(host.name()))
                .orElse(null);
        if (gateway == null || !fabric.hasSite(gateway.site())) return;
        String what = "gateway '" + Names.shown(name) + "'";
        boolean own = out.stream().anyMatch(Way::hub);
        for (HubLans lans : HubLans.all(fabric, gateway))
            for (Cidr lan : lans.farLans()) out.add(new Way(lan, what, true, host.at()));
        if (!own) return;
        for (Route route : fabric.routesAt(host.site())) {
            if (RouteChecks.carrying(fabric, gateway, route).isEmpty()) continue;
            for (Cidr lan : fabric.farLans(route, gateway)) out.add(new Way(lan, what, false, host.at()));
        }
    }

    private void together(Host host, List<Way> all) {
        Prefixes<Way> before = new Prefixes<>();
        Set<List<String>> said = new HashSet<>();
        for (Way way : all) {
            for (Way first : before.overlapping(way.prefix())) {
                if (first.what().equals(way.what()) || !(first.hub() || way.hub())) continue;
                if (!said.add(List.of(first.what(), way.what()))) continue;
                refusals.conflict(
                        way.at(),
                        "",
                        "",
                        Names.shown(host.name()) + " has two ways to " + way.prefix() + ": " + way.what() + ", and "
                                + first.what() + " to " + first.prefix() + " at " + first.at(),
                        "a prefix is reached by one of them");
            }
            before.add(way.prefix(), way);
        }
    }

    /** A host's files for a route are named by its label. */
    private void labels(Fabric fabric, Host host, List<HubLans> hubs) {
        if (hubs.isEmpty()) return;
        Map<String, Route> routes = new HashMap<>();
        for (Route route : fabric.routesAt(host.site())) {
            if (!RouteChecks.carrying(fabric, host, route).isEmpty()) routes.putIfAbsent(route.label(), route);
        }
        for (HubLans lans : hubs) {
            Route route = routes.get(lans.label());
            if (route == null) continue;
            String summary = "the LANs of hub '" + Names.shown(lans.hub().name()) + "' and the "
                    + RouteChecks.shown(route) + " are both named " + lans.label() + " on " + Names.shown(host.name());
            refusals.conflict(
                    route.at(),
                    "between",
                    "",
                    summary,
                    "give a site another name; the hub is at " + lans.hub().at());
        }
    }
}
