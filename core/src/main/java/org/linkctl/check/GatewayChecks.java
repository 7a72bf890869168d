package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Gateways by which a host reaches nothing. */
final class GatewayChecks {
    private final Refusals refusals;

    GatewayChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) gateway(fabric, host);
    }

    private void gateway(Fabric fabric, Host host) {
        String name = host.gateway();
        if (name == null) return;
        Optional<Host> found = fabric.host(name);
        if (found.isEmpty()) {
            String rule = "a gateway is one host of the same site";
            boolean other = new OtherKind(refusals, fabric)
                    .refuses(
                            host.at(),
                            "gateway",
                            name,
                            "host",
                            rule,
                            one -> one.site().equals(host.site()) && !one.equals(host));
            if (other) return;
            refusals.unknown(
                    host.at(),
                    "gateway",
                    "host",
                    name,
                    fabric.hosts().stream()
                            .map(Host::name)
                            .filter(one -> !one.equals(host.name()))
                            .toList());
            return;
        }
        Host gateway = found.get();
        if (name.equals(host.name())) {
            refuse(host, "gateway: '" + Names.shown(name) + "' is the host itself", "");
        } else if (!gateway.site().equals(host.site())) {
            refuse(
                    host,
                    "gateway: '" + Names.shown(name) + "' is on another site",
                    "it is on " + Names.shown(gateway.site()) + " (" + gateway.at() + "), " + Names.shown(host.name())
                            + " is on " + Names.shown(host.site()));
        } else if (!hasLanAddress(fabric, gateway)) {
            refuse(
                    host,
                    "gateway: '" + Names.shown(name) + "' has no address in the LAN of its site",
                    "give one of its bonds or nics an address there (" + gateway.at() + ")");
        } else routes(fabric, host, gateway);
    }

    /** What the routes of the site mean for a host with a gateway. */
    private void routes(Fabric fabric, Host host, Host gateway) {
        List<Route> routes = fabric.routesAt(host.site()).stream()
                .filter(route -> RouteChecks.joinsTwo(fabric, route))
                .toList();
        List<Route> carried = routes.stream()
                .filter(route -> !RouteChecks.carrying(fabric, gateway, route).isEmpty())
                .toList();
        for (Route route : carried) {
            if (RouteChecks.carrying(fabric, host, route).isEmpty()) continue;
            refuse(
                    host,
                    "gateway: '" + Names.shown(gateway.name()) + "' on " + Names.shown(host.name())
                            + ", which carries the same route over its own tunnels",
                    "the far LANs are behind one or the other: " + RouteChecks.shown(route) + " at " + route.at());
            return;
        }
        List<HubLans> hubs = HubLans.all(fabric, gateway);
        if (!routes.isEmpty() && carried.isEmpty() && hubs.isEmpty()) {
            doubt(
                    host,
                    "gateway: '" + Names.shown(gateway.name()) + "' carries no route of its site",
                    "no tunnel of the " + RouteChecks.shown(routes.getFirst()) + " at "
                            + routes.getFirst().at() + " ends there");
        }
        // A route whose sites are not there may be meant for it; that is told by others.
        boolean whole = fabric.routes().stream().allMatch(route -> RouteChecks.joinsTwo(fabric, route));
        if (routes.isEmpty() && hubs.isEmpty() && whole) {
            doubt(
                    host,
                    "gateway: '" + Names.shown(gateway.name()) + "' leads nowhere: no route and no hub joins "
                            + Names.shown(host.site()) + " with another site",
                    "a gateway leads to the LANs of other sites; what the host sends all else to is defaultGateway: of a nic"
                            + " or bond, an address");
        }
        for (Route route : carried) {
            for (boolean v6 : new boolean[] {false, true}) {
                String what = "the " + RouteChecks.shown(route) + " at " + route.at();
                if (RouteChecks.leads(fabric, host, route, v6)) family(fabric, host, gateway, what, v6);
            }
        }
        for (HubLans lans : hubs) {
            if (shared(fabric, host, gateway, lans.hub())) return;
            for (boolean v6 : new boolean[] {false, true}) {
                String what = "hub '" + Names.shown(lans.hub().name()) + "' at "
                        + lans.hub().at();
                if (lans.farLans().stream().anyMatch(lan -> lan.isV6() == v6)) family(fabric, host, gateway, what, v6);
            }
        }
    }

    /** The spokes of a hub on a pair call one host of it, now this one and now the other. */
    private boolean shared(Fabric fabric, Host host, Host gateway, Hub hub) {
        if (!fabric.isHub(hub, gateway) || fabric.hostsOf(hub.on()).size() < 2) return false;
        refuse(
                host,
                "gateway: '" + Names.shown(gateway.name()) + "' is one host of pair '" + Names.shown(hub.on())
                        + "', and hub '" + Names.shown(hub.name()) + "' leads by the one that has the shared addresses",
                "give a nic or bond of " + Names.shown(host.name()) + " the vip's address there as defaultGateway:");
        return true;
    }

    /** @param what leads LANs of the family over the gateway */
    private void family(Fabric fabric, Host host, Host gateway, String what, boolean v6) {
        Ip via = fabric.lanAddress(gateway, v6).orElse(null);
        if (via == null) {
            String family = v6 ? "IPv6" : "IPv4";
            doubt(
                    host,
                    "gateway: '" + Names.shown(gateway.name()) + "' has no " + family
                            + " address in the LAN of its site",
                    what + " carries " + family + ", and " + Names.shown(host.name()) + " gets no such route");
            return;
        }
        List<Cidr> own = fabric.addresses(host).stream()
                .filter(address -> address.isV6() == v6)
                .toList();
        if (own.isEmpty() || own.stream().anyMatch(address -> address.contains(via))) return;
        doubt(
                host,
                "gateway: " + via + " of " + Names.shown(gateway.name()) + " is on no declared network of "
                        + Names.shown(host.name()),
                "it has " + String.join(", ", own.stream().map(Cidr::toString).toList()));
    }

    private void doubt(Host host, String summary, String detail) {
        refusals.doubt(host.at(), "gateway", "", summary, detail);
    }

    private static boolean hasLanAddress(Fabric fabric, Host host) {
        boolean site = fabric.hasSite(host.site());
        return site
                && (fabric.lanAddress(host, false).isPresent()
                        || fabric.lanAddress(host, true).isPresent());
    }

    private void refuse(Host host, String summary, String detail) {
        refusals.conflict(host.at(), "gateway", "", summary, detail);
    }
}
