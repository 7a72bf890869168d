package org.linkctl.check;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Route;
import org.linkctl.net.Cidr;

/** What a gateway of Firezone brings to its host, and nothing else there can have. */
final class FirezoneChecks {
    private final Refusals refusals;

    FirezoneChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            for (FirezoneGateway gateway : fabric.of(FirezoneGateway.class, host)) {
                networks(fabric, host).forEach((network, what) -> clients(gateway, network, what));
                if (fabric.interfaces(host).contains(FirezoneGateway.DEVICE)) device(gateway, host);
            }
        }
    }

    /** What a host has a way to, each network once, with what it is. */
    private static Map<Cidr, String> networks(Fabric fabric, Host host) {
        Map<Cidr, String> out = new LinkedHashMap<>();
        for (Cidr lan : fabric.siteOf(host).lan()) out.put(lan, "a LAN of " + Names.shown(host.site()));
        for (Route route : fabric.routesAt(host.site())) {
            if (RouteChecks.carrying(fabric, host, route).isEmpty()) continue;
            String far = "a LAN of " + Names.shown(route.otherThan(host.site())) + ", to which it has a route";
            for (Cidr lan : fabric.farLans(route, host)) out.putIfAbsent(lan, far);
        }
        for (HubLans lans : HubLans.all(fabric, host)) {
            for (HubLans.Far far : lans.far())
                out.putIfAbsent(far.lan(), "the LAN behind " + Names.shown(far.behind()) + ", to which it has a route");
        }
        for (Hub hub : fabric.hubs(host)) {
            for (Cidr network : hub.networks()) out.putIfAbsent(network, "the network of " + Names.shown(hub.name()));
        }
        for (String device : fabric.interfaces(host)) {
            for (Cidr address : fabric.addresses(host, device)) {
                Cidr network = address.network();
                if (out.keySet().stream().noneMatch(other -> other.contains(network)))
                    out.put(network, "the network of " + Names.shown(device));
            }
        }
        return out;
    }

    /** The host would look for clients there, or for what is there among the clients; and would translate it as theirs. */
    private void clients(FirezoneGateway gateway, Cidr network, String what) {
        for (Cidr clients : FirezoneGateway.CLIENTS) {
            if (!clients.overlaps(network)) continue;
            refusals.conflict(
                    gateway.at(),
                    "",
                    "",
                    "clients of Firezone have addresses of " + clients + ", which overlaps " + network + ", " + what,
                    "what is there cannot be reached through a gateway, nor clients with an address of it");
        }
    }

    private void device(FirezoneGateway gateway, Host host) {
        refusals.conflict(
                gateway.at(),
                "",
                "",
                "the gateway makes an interface " + FirezoneGateway.DEVICE + ", which " + Names.shown(host.name())
                        + " has already",
                "give the other one another name");
    }
}
