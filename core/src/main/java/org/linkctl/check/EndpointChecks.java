package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import org.linkctl.diag.Place;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Where the other end is told to send its encrypted packets, and would not reach this one. */
final class EndpointChecks {
    private final Refusals refusals;

    EndpointChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Tunnel tunnel : fabric.tunnels()) {
            for (Tunnel.End end : tunnel.ends()) {
                String endpoint = end.endpoint();
                if (endpoint == null) continue;
                Optional<Ip> address = Ip.parse(endpoint);
                if (address.isEmpty()) name(end.at(), endpoint);
                else if (usable(end.at(), address.get()) && joinsTwo(tunnel)) leads(fabric, tunnel, end, address.get());
            }
        }
        for (Hub hub : fabric.hubs()) {
            hub(fabric, hub);
            for (Hub.Peer peer : hub.peers()) {
                Endpoint endpoint = peer.endpoint();
                if (endpoint != null) peer(fabric, hub, peer, endpoint);
            }
        }
        new EndpointClashes(refusals).check(fabric);
        new EndpointCycles(refusals).check(fabric);
    }

    private void hub(Fabric fabric, Hub hub) {
        Optional<Ip> address = Ip.parse(hub.endpoint());
        if (address.isEmpty()) {
            name(hub.at(), hub.endpoint());
            return;
        }
        if (!usable(hub.at(), address.get())) return;
        if (hub.networks().stream().anyMatch(net -> net.contains(address.get()))) {
            refuse(
                    hub.at(),
                    address.get(),
                    "lies in the net of the hub itself",
                    "an endpoint is an address by which the spokes reach the hub without it");
        }
        edge(fabric, fabric.members(hub), address.get()).ifPresent(net -> edge(hub.at(), address.get(), net));
        for (Hub.Spoke spoke : hub.spokes()) {
            if (!holds(fabric, spoke.host(), address.get())
                    || fabric.hostsOf(hub.on()).stream().anyMatch(host -> holds(fabric, host, address.get()))) continue;
            refuse(
                    hub.at(),
                    address.get(),
                    "is an address of " + Names.shown(spoke.host()) + ", a spoke",
                    "an endpoint is where the hub itself is found");
        }
    }

    /** Where the hub finds an end that linkctl does not log in to. */
    private void peer(Fabric fabric, Hub hub, Hub.Peer peer, Endpoint endpoint) {
        Optional<Ip> address = Ip.parse(endpoint.host());
        if (address.isEmpty()) {
            name(peer.at(), endpoint.host());
            return;
        }
        if (!usable(peer.at(), address.get())) return;
        List<Host> hosts = fabric.hostsOf(hub.on());
        if (hub.networks().stream().anyMatch(net -> net.contains(address.get()))) {
            String detail = "an endpoint is an address by which the hub reaches the peer without it";
            refuse(peer.at(), address.get(), "lies in the net of the hub itself", detail);
        } else if (hosts.stream().anyMatch(host -> holds(fabric, host, address.get()))) {
            String what = "is an address of " + Names.shown(hub.on()) + ", where the hub is";
            refuse(peer.at(), address.get(), what, "an endpoint is where the peer itself is found");
        } else edge(fabric, hosts, address.get()).ifPresent(net -> edge(peer.at(), address.get(), net));
    }

    private void name(Place at, String endpoint) {
        if (Names.isEndpoint(endpoint)) return;
        String bare = endpoint.strip().replaceFirst("/[0-9]*$", "").replaceFirst("^\\[(.*)](:[0-9]+)?$", "$1");
        String portless = bare.replaceFirst("^([^:]*):[0-9]+$", "$1");
        refusals.value(
                at,
                "endpoint",
                endpoint,
                "endpoint: '" + Names.shown(endpoint) + "' is neither an address nor a host name",
                "an address or a name alone: without a port, brackets, a zone or a prefix length",
                Names.isEndpoint(portless) && !portless.isEmpty() ? portless : null);
    }

    private boolean usable(Place at, Ip address) {
        String special = Bits.special(address);
        boolean linkLocal = address.isV6() && Bits.isLinkLocal(address);
        if (special == null && !linkLocal) return true;
        refusals.value(
                at,
                "endpoint",
                address.toString(),
                "endpoint: '" + address + "' is " + (linkLocal ? "a link-local" : special) + " address",
                (linkLocal ? "it means nothing without the link it is on; " : "")
                        + "an endpoint is an address or a name by which the other end's host reaches this one",
                Cidr.host(address)
                        .unmapped()
                        .map(plain -> plain.address().toString())
                        .orElse(null));
        return false;
    }

    /** Where packets to an end that can be called would really go. */
    private void leads(Fabric fabric, Tunnel tunnel, Tunnel.End end, Ip address) {
        Tunnel.End other = tunnel.farFrom(end.host());
        if (tunnel.transit().stream().anyMatch(net -> net.contains(address))) {
            refuse(
                    end,
                    address,
                    "lies in the tunnel itself",
                    "an endpoint is an address by which " + Names.shown(other.host())
                            + " reaches this end without the tunnel");
            return;
        }
        List<Host> hosts = tunnel.ends().stream()
                .flatMap(one -> fabric.host(one.host()).stream())
                .toList();
        Optional<Cidr> edge = edge(fabric, hosts, address);
        if (edge.isPresent()) {
            edge(end.at(), address, edge.get());
            return;
        }
        Optional<Host> caller = fabric.host(other.host());
        if (caller.isEmpty()) return;
        if (holds(fabric, caller.get(), address) && !holds(fabric, end.host(), address)) {
            refuse(
                    end,
                    address,
                    "is an address of " + Names.shown(other.host()) + ", the other end",
                    "an endpoint is where this end itself is found; that of " + Names.shown(other.host())
                            + " stands at its own end");
        } else routed(fabric, tunnel, end, address, caller.get());
    }

    /** The net on one of these hosts of which this is the first or the last address. */
    private static Optional<Cidr> edge(Fabric fabric, List<Host> hosts, Ip address) {
        return hosts.stream()
                .flatMap(host -> fabric.addresses(host).stream())
                .filter(own -> Bits.isEdge(own, address))
                .findFirst();
    }

    private void edge(Place at, Ip address, Cidr net) {
        boolean first = net.network().address().equals(address);
        String what = first ? "is the address of the network itself, " : "is the broadcast address of ";
        refuse(at, address, what + net.network(), "no host has it");
    }

    private static boolean holds(Fabric fabric, String host, Ip address) {
        return fabric.host(host).filter(one -> holds(fabric, one, address)).isPresent();
    }

    private static boolean holds(Fabric fabric, Host host, Ip address) {
        return fabric.addresses(host).stream().anyMatch(one -> one.address().equals(address));
    }

    /** The caller routes what is in the far LANs over its tunnels: encrypted packets to there never leave it. */
    private void routed(Fabric fabric, Tunnel tunnel, Tunnel.End end, Ip address, Host caller) {
        for (Route route : fabric.routesAt(caller.site())) {
            if (!fabric.leadsBy(route, tunnel.name()) || !RouteChecks.joinsTwo(fabric, route)) continue;
            List<Cidr> lans = fabric.farLans(route, caller);
            Optional<Cidr> lan =
                    lans.stream().filter(one -> one.contains(address)).findFirst();
            if (lan.isEmpty()) continue;
            String site = route.otherThan(caller.site());
            refuse(
                    end,
                    address,
                    "lies in the LAN " + lan.get() + " of site " + Names.shown(site)
                            + ", which is routed over this very tunnel",
                    Names.shown(caller.name()) + " would send the encrypted packets into the tunnels themselves"
                            + " (route at " + route.at() + ");\n"
                            + "an endpoint is an address outside of " + site
                            + "'s LANs, such as its public one, or a name for it");
            return;
        }
    }

    private static boolean joinsTwo(Tunnel tunnel) {
        return tunnel.ends().size() == 2
                && !tunnel.ends()
                        .getFirst()
                        .host()
                        .equals(tunnel.ends().getLast().host());
    }

    private void refuse(Tunnel.End end, Ip address, String why, String detail) {
        refuse(end.at(), address, why, detail);
    }

    private void refuse(Place at, Ip address, String why, String detail) {
        refusals.conflict(at, "endpoint", address.toString(), "endpoint: '" + address + "' " + why, detail);
    }
}
