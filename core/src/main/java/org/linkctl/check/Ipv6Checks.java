package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Interfaces on which IPv6 is turned off, and needed (ip-sysctl.rst, disable_ipv6). FreeBSD has no such parameter. */
final class Ipv6Checks {
    private static final String NAME = "disable_ipv6";

    /**
     * Something that needs IPv6 on a host.
     *
     * @param device the interface; null: one that carries packets to other hosts, and need not be declared
     * @param made linkctl makes it
     */
    private record Use(@Nullable String device, boolean made, String what, Place at) {}

    private final Refusals refusals;

    Ipv6Checks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            if (host.os() != Os.LINUX || fabric.of(Sysctl.class, host).isEmpty()) continue;
            Set<String> said = new HashSet<>();
            for (Use use : uses(fabric, host)) {
                counts(fabric, host, use)
                        .filter(sysctl -> Parameter.isOn(sysctl.value()) && said.add(sysctl.key()))
                        .ifPresent(sysctl -> refuse(host, sysctl, use));
            }
            login(fabric, host);
        }
    }

    private static Optional<Sysctl> counts(Fabric fabric, Host host, Use use) {
        String device = use.device();
        if (device != null) return new Parameter(true, device, NAME).counts(fabric, host, use.made());
        boolean elsewhere = fabric.of(Sysctl.class, host).stream()
                .filter(sysctl -> Parameter.isOff(sysctl.value()))
                .flatMap(sysctl -> Parameter.of(sysctl.key()).stream())
                .anyMatch(one -> one.v6() && one.name().equals(NAME) && isCarrier(fabric, host, one.device()));
        return elsewhere ? Optional.empty() : new Parameter(true, Parameter.ALL, NAME).counts(fabric, host, false);
    }

    private static boolean isCarrier(Fabric fabric, Host host, String device) {
        return !device.equals(Parameter.ALL)
                && !device.equals(Parameter.LATER)
                && !device.equals("lo")
                && fabric.tunnels(host).stream()
                        .noneMatch(tunnel -> tunnel.name().equals(device))
                && fabric.hubs(host).stream().noneMatch(hub -> hub.name().equals(device));
    }

    private static List<Use> uses(Fabric fabric, Host host) {
        List<Use> out = new ArrayList<>();
        for (Link link : fabric.links(host)) {
            address(out, link.addresses(), link.name(), link.made(), link.kind(), link.at());
        }
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Tunnel.End end = tunnel.endOn(host.name());
            address(out, end.addresses(), tunnel.name(), true, "tunnel", end.at());
            List<String> called = tunnel.ends().stream()
                    .flatMap(one -> Stream.ofNullable(one.endpoint()))
                    .toList();
            if (called.stream().anyMatch(Ipv6Checks::isV6)) {
                out.add(new Use(null, false, "the endpoint of tunnel " + Names.shown(tunnel.name()), tunnel.at()));
            }
        }
        for (Hub hub : fabric.hubs(host)) {
            address(out, fabric.addresses(hub, host), hub.name(), true, "hub", hub.at());
            String what = "the endpoint of hub " + Names.shown(hub.name());
            if (isV6(hub.endpoint())) out.add(new Use(null, false, what, hub.at()));
        }
        for (HubLans lans : HubLans.all(fabric, host)) {
            boolean v6 =
                    Stream.concat(lans.near().stream(), lans.farLans().stream()).anyMatch(Cidr::isV6);
            String what = "the LANs of hub " + Names.shown(lans.hub().name());
            if (v6) out.add(new Use(null, false, what, lans.hub().at()));
        }
        for (Route route : fabric.routesAt(host.site()))
            routed(fabric, host, route).ifPresent(out::add);
        return out;
    }

    private static void address(List<Use> out, List<Cidr> addresses, String name, boolean made, String kind, Place at) {
        addresses.stream()
                .filter(Cidr::isV6)
                .map(address -> new Use(name, made, address + " of " + kind + " " + Names.shown(name), at))
                .forEach(out::add);
    }

    private static boolean isV6(String endpoint) {
        return Ip.parse(endpoint).filter(Ip::isV6).isPresent();
    }

    /** A route whose packets come by an interface of the LAN; the host carries it, or has a gateway that does. */
    private static Optional<Use> routed(Fabric fabric, Host host, Route route) {
        if (!RouteChecks.joinsTwo(fabric, route) || !route.joins(host.site())) return Optional.empty();
        boolean carries = !RouteChecks.carrying(fabric, host, route).isEmpty();
        if (!carries && host.gateway() == null) return Optional.empty();
        boolean v6 = RouteChecks.leads(fabric, host, route, true);
        return v6 ? Optional.of(new Use(null, false, RouteChecks.shown(route), route.at())) : Optional.empty();
    }

    private void refuse(Host host, Sysctl sysctl, Use use) {
        refusals.conflict(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is " + Names.shown(sysctl.value()) + " on " + Names.shown(host.name())
                        + ", which needs IPv6",
                "for " + use.what() + ", declared at " + use.at());
    }

    /** The address may be another host's that passes the login on, so it is a doubt. */
    private void login(Fabric fabric, Host host) {
        if (!isV6(host.ssh().host())) return;
        Use use = new Use(null, false, "", host.at());
        counts(fabric, host, use)
                .filter(sysctl -> Parameter.isOn(sysctl.value()))
                .ifPresent(sysctl -> refusals.doubt(
                        sysctl.at(),
                        "value",
                        sysctl.value(),
                        "'" + sysctl.key() + "' is " + Names.shown(sysctl.value()) + " on " + Names.shown(host.name())
                                + ", which is reached by IPv6",
                        "ssh: '" + host.ssh() + "' at " + host.at()));
    }
}
