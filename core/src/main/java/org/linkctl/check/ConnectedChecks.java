package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Prefixes;

/** Addresses whose own net the kernel reaches by that interface, where it should go through a tunnel. */
final class ConnectedChecks {
    private record Held(String device, Cidr address, Place at) {}

    private final Refusals refusals;

    ConnectedChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            List<Held> held = held(fabric, host);
            Prefixes<Held> networks = new Prefixes<>();
            for (Held one : held) networks.add(one.address(), one);
            for (Tunnel tunnel : fabric.tunnels(host)) {
                Tunnel.End end = tunnel.endOn(host.name());
                String net = "the transit net % of tunnel " + Names.shown(tunnel.name());
                transit(host, end.addresses(), end.at(), net, networks);
            }
            for (Hub hub : fabric.hubs(host)) {
                Place at = fabric.isHub(hub, host)
                        ? hub.at()
                        : fabric.spoke(hub, host.name()).map(Hub.Spoke::at).orElse(hub.at());
                transit(host, fabric.addresses(hub, host), at, "the net % of hub " + Names.shown(hub.name()), networks);
            }
            for (Route route : fabric.routesAt(host.site())) far(fabric, host, route, held);
            if (fabric.hasSite(host.site())) {
                for (HubLans lans : HubLans.all(fabric, host)) far(host, lans, held);
            }
            Map<Cidr, List<Held>> before = new HashMap<>();
            for (Held one : held) {
                List<Held> there = before.computeIfAbsent(one.address().network(), _ -> new ArrayList<>());
                for (Held first : there) shared(host, first, one);
                there.add(one);
            }
        }
    }

    /** Of two on one network. The kernel answers and sends by one of them, whichever was asked (ip-sysctl.rst, arp_filter). */
    private void shared(Host host, Held first, Held second) {
        boolean two = !first.device().equals(second.device())
                && !first.address().address().equals(second.address().address()); // given twice: another check says so
        if (!two || first.address().network().equals(first.address())) return; // single addresses
        refusals.doubt(
                second.at(),
                "address",
                second.address().toString(),
                "address: '" + second.address() + "' is on the network of " + Names.shown(first.device()) + " on "
                        + Names.shown(host.name()),
                "two interfaces on one network: all that is sent there leaves by one of them; "
                        + Names.shown(first.device()) + " has " + first.address() + " at " + first.at());
    }

    private static List<Held> held(Fabric fabric, Host host) {
        Stream<Vip> vips = fabric.of(Vip.class, host).stream()
                .filter(vip -> fabric.link(host, vip.on()).isPresent());
        return Stream.concat(
                        fabric.links(host).stream().flatMap(link -> held(link.name(), link.addresses(), link.at())),
                        vips.flatMap(vip -> held(vip.on(), vip.addresses(), vip.at())))
                .toList();
    }

    private static Stream<Held> held(String device, List<Cidr> addresses, Place at) {
        return addresses.stream().map(address -> new Held(device, address, at));
    }

    /** @param what the net is, with % for it */
    private void transit(Host host, List<Cidr> addresses, Place at, String what, Prefixes<Held> held) {
        for (Cidr address : addresses) {
            for (Held other : held.within(address)) {
                boolean same =
                        other.address().address().equals(address.address()); // given twice: another check says so
                if (same) continue;
                refusals.conflict(
                        at,
                        "address",
                        address.toString(),
                        what.replace("%", address.network().toString())
                                + " is also that of " + Names.shown(other.device()) + " on "
                                + Names.shown(host.name()),
                        other.device() + " has " + other.address() + " at " + other.at());
            }
        }
    }

    private void far(Host host, HubLans lans, List<Held> held) {
        for (HubLans.Far far : lans.far()) {
            for (Held one : held) {
                if (!far.lan().contains(one.address().network())) continue;
                refusals.conflict(
                        one.at(),
                        "address",
                        one.address().toString(),
                        "address: '" + one.address() + "' lies in the LAN " + far.lan() + " behind "
                                + Names.shown(far.behind()),
                        Names.shown(host.name()) + " would look for "
                                + one.address().network() + " behind " + Names.shown(one.device()) + ", not over hub '"
                                + Names.shown(lans.hub().name()) + "' at "
                                + lans.hub().at());
            }
        }
    }

    /** More than one net of a far LAN, or the whole: the connected route wins over the one through the tunnels. */
    private void far(Fabric fabric, Host host, Route route, List<Held> held) {
        boolean routed = host.gateway() != null || !fabric.carrying(route, host).isEmpty();
        if (!routed || !RouteChecks.joinsTwo(fabric, route)) return;
        for (Cidr lan : fabric.farLans(route, host)) {
            for (Held one : held) {
                if (!lan.contains(one.address().network())) continue;
                String site = route.otherThan(host.site());
                refusals.conflict(
                        one.at(),
                        "address",
                        one.address().toString(),
                        "address: '" + one.address() + "' lies in the LAN " + lan + " of the other site "
                                + Names.shown(site),
                        Names.shown(host.name()) + " would look for "
                                + one.address().network() + " behind " + Names.shown(one.device())
                                + ", not over the tunnels of the route at " + route.at());
            }
        }
    }
}
