package org.linkctl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linkctl.model.Fabric;
import org.linkctl.model.Hub;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** What ends that linkctl does not log in to would send over a hub or a tunnel, by the configuration that they are given. */
final class AllowedChecks {
    private final Refusals refusals;

    AllowedChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Hub hub : fabric.hubs()) {
            for (Hub.Peer peer : hub.peers()) {
                for (Cidr prefix : peer.allowed()) {
                    if (family(hub, peer, prefix)) endpoint(hub, peer, prefix);
                }
            }
        }
        for (Tunnel tunnel : fabric.tunnels()) {
            for (Tunnel.End end : tunnel.ends()) {
                Unmanaged peer = end.unmanaged();
                if (peer != null && joinsTwo(tunnel)) tunnel(fabric, tunnel, end, peer);
            }
        }
    }

    private static boolean joinsTwo(Tunnel tunnel) {
        return tunnel.ends().stream().map(Tunnel.End::host).distinct().count() == 2;
    }

    /** What has no address of a family sends nothing of it. */
    private boolean family(Hub hub, Hub.Peer peer, Cidr prefix) {
        if (peer.addresses().isEmpty()) return false; // said by another check
        if (has(peer.addresses(), prefix.isV6())) return true;
        String name = Names.shown(peer.name());
        String family = prefix.isV6() ? "IPv6" : "IPv4";
        String right = has(hub.addresses(), prefix.isV6())
                ? "give " + name + " one of " + network(hub, prefix.isV6()) + " in address:, or leave " + prefix
                        + " out"
                : "leave it out; or give hub '" + Names.shown(hub.name()) + "' an address of that family at " + hub.at()
                        + ", and " + name + " one of its net";
        refusals.conflict(
                peer.at(),
                "allowed",
                prefix.toString(),
                "allowed: '" + prefix + "' is " + family + ", and " + name + " has no address of it",
                right);
        return false;
    }

    private static boolean has(List<Cidr> addresses, boolean v6) {
        return addresses.stream().anyMatch(own -> own.isV6() == v6);
    }

    private static String network(Hub hub, boolean v6) {
        List<String> nets = new ArrayList<>();
        for (Cidr net : hub.networks()) if (net.isV6() == v6) nets.add(net.toString());
        return String.join(", ", nets);
    }

    /**
     * Each prefix becomes a route into the interface, which the encrypted packets would take as well. Of a length of 0 they
     * are kept out of it, by a mark (wg-quick(8), "CONFIGURATION"); no other is, also beside that one.
     */
    private void endpoint(Hub hub, Hub.Peer peer, Cidr prefix) {
        Optional<Ip> called = Ip.parse(hub.endpoint());
        if (called.isEmpty() || prefix.length() == 0 || !prefix.contains(called.get())) return;
        refusals.conflict(
                peer.at(),
                "allowed",
                prefix.toString(),
                "allowed: '" + prefix + "' has the hub's own endpoint " + called.get() + " in it",
                Names.shown(peer.name()) + " would send the encrypted packets into hub '" + Names.shown(hub.name())
                        + "' itself; prefixes around that address (endpoint: at " + hub.at() + "), or '"
                        + (prefix.isV6() ? "::/0" : "0.0.0.0/0") + "' for everything");
    }

    /** A peer of a site sends what is for the LAN of the other site over its tunnel. */
    private void tunnel(Fabric fabric, Tunnel tunnel, Tunnel.End end, Unmanaged peer) {
        Tunnel.End called = tunnel.farFrom(end.host());
        String site = peer.site();
        Optional<Ip> address = Optional.ofNullable(called.endpoint()).flatMap(Ip::parse);
        if (site == null || address.isEmpty() || !fabric.hasSite(site)) return;
        for (Route route : fabric.routesAt(site)) {
            if (!fabric.leadsBy(route, tunnel.name()) || !RouteChecks.joinsTwo(fabric, route)) continue;
            String other = route.otherThan(site);
            for (Cidr lan : fabric.site(other).lan()) {
                if (!lan.contains(address.get())) continue;
                refusals.conflict(
                        called.at(),
                        "endpoint",
                        address.get().toString(),
                        "endpoint: '" + address.get() + "' lies in the LAN " + lan + " of site " + Names.shown(other)
                                + ", which is routed over this very tunnel",
                        Names.shown(end.host()) + " would send the encrypted packets into the tunnels themselves (route"
                                + " at " + route.at() + ");\nan endpoint is an address outside of " + Names.shown(other)
                                + "'s LANs, such as its public one, or a name for it");
                return;
            }
        }
    }
}
