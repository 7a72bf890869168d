package org.linkctl.check;

import java.util.List;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

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
            for (Tunnel tunnel : fabric.tunnels(host)) {
                Tunnel.End end = tunnel.endOn(host.name());
                String net = "the transit net % of tunnel " + Names.shown(tunnel.name());
                transit(host, end.addresses(), end.at(), net, held);
            }
            for (Hub hub : fabric.hubs(host)) {
                Place at = fabric.isHub(hub, host)
                        ? hub.at()
                        : hub.spokeOn(host.name()).at();
                transit(host, fabric.addresses(hub, host), at, "the net % of hub " + Names.shown(hub.name()), held);
            }
            for (Route route : fabric.routes()) far(fabric, host, route, held);
        }
    }

    private static List<Held> held(Fabric fabric, Host host) {
        return Stream.concat(
                        fabric.bonds(host).stream()
                                .flatMap(bond -> bond.addresses().stream()
                                        .map(address -> new Held(bond.name(), address, bond.at()))),
                        fabric.nics(host).stream()
                                .flatMap(nic -> nic.addresses().stream()
                                        .map(address -> new Held(nic.name(), address, nic.at()))))
                .toList();
    }

    /** @param what the net is, with % for it */
    private void transit(Host host, List<Cidr> addresses, Place at, String what, List<Held> held) {
        for (Cidr address : addresses) {
            for (Held other : held) {
                boolean same =
                        other.address().address().equals(address.address()); // given twice: another check says so
                if (same || !address.network().contains(other.address().network())) continue;
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

    /** More than one net of a far LAN, or the whole: the connected route wins over the one through the tunnels. */
    private void far(Fabric fabric, Host host, Route route, List<Held> held) {
        boolean routed = host.gateway() != null
                || fabric.tunnels(host).stream().anyMatch(tunnel -> route.via().contains(tunnel.name()));
        if (!routed || !RouteChecks.joinsTwo(fabric, route) || !route.joins(host.site())) return;
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
