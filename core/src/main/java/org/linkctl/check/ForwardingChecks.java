package org.linkctl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.HubLans;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.ProxyArp;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;
import org.linkctl.net.Cidr;

/** Hosts that have to forward, and are told not to. */
final class ForwardingChecks {
    /** Linux: ip-sysctl.rst; the two of IPv4 are one variable (net/ipv4/devinet.c). FreeBSD: inet(4) and inet6(4). */
    private static final Map<Os, Map<String, Boolean>> FORWARDING = Map.of(
            Os.LINUX,
            Map.of(
                    "net.ipv4.ip_forward",
                    false,
                    "net.ipv4.conf.all.forwarding",
                    false,
                    "net.ipv6.conf.all.forwarding",
                    true),
            Os.FREEBSD,
            Map.of("net.inet.ip.forwarding", false, "net.inet6.ip6.forwarding", true));

    private static final String NAME = "forwarding";

    private final Refusals refusals;

    ForwardingChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            for (Sysctl sysctl : fabric.of(Sysctl.class, host)) whole(fabric, host, sysctl);
            if (host.os() != Os.LINUX) continue;
            List<Sysctl> said = new ArrayList<>();
            for (Route route : fabric.routesAt(host.site())) {
                if (RouteChecks.carrying(fabric, host, route).isEmpty()) continue;
                device(fabric, host, route, false, said);
                device(fabric, host, route, true, said);
            }
            for (HubLans lans : HubLans.all(fabric, host)) {
                device(fabric, host, lans, false, said);
                device(fabric, host, lans, true, said);
            }
        }
    }

    /** What is for the host as a whole. */
    private void whole(Fabric fabric, Host host, Sysctl sysctl) {
        Boolean v6 = FORWARDING.getOrDefault(host.os(), Map.of()).get(sysctl.key());
        if (v6 == null || !Parameter.isOff(sysctl.value())) return;
        forwarded(fabric, host, v6)
                .findFirst()
                .ifPresent(what -> refusals.conflict(
                        sysctl.at(),
                        "value",
                        sysctl.value(),
                        "'" + sysctl.key() + "' is " + sysctl.value() + " on " + Names.shown(host.name())
                                + ", which has to forward",
                        "it carries other hosts' traffic: " + what));
    }

    /** What a host passes on for others, by address family. */
    private static Stream<String> forwarded(Fabric fabric, Host host, boolean v6) {
        List<String> out = new ArrayList<>();
        for (Route route : fabric.routesAt(host.site())) {
            boolean carries = !RouteChecks.carrying(fabric, host, route).isEmpty();
            if (carries && RouteChecks.leads(fabric, host, route, v6)) {
                out.add(RouteChecks.shown(route) + " at " + route.at());
            }
        }
        for (HubLans lans : HubLans.all(fabric, host)) {
            if (leads(lans, v6)) out.add(shown(lans));
        }
        for (Balance balance : fabric.of(Balance.class, host)) {
            if (balance.over().stream().noneMatch(hop -> hop.isV6() == v6)) continue;
            out.add("balance '" + Names.shown(balance.name()) + "' at " + balance.at());
        }
        for (Publish publish : fabric.of(Publish.class, host)) {
            if (publish.addresses().stream().noneMatch(address -> address.isV6() == v6)) continue;
            out.add("publish '" + Names.shown(publish.name()) + "' at " + publish.at());
        }
        fabric.one(Firewall.class, host).ifPresent(firewall -> translated(out, firewall, v6));
        for (FirezoneGateway gateway : fabric.of(FirezoneGateway.class, host)) {
            out.add(gateway.subject() + " at " + gateway.at());
        }
        for (ProxyArp proxy : fabric.of(ProxyArp.class, host)) if (!v6) out.add("proxyArp at " + proxy.at());
        return out.stream();
    }

    private static void translated(List<String> out, Firewall firewall, boolean v6) {
        for (Firewall.Nat nat : firewall.nats()) {
            if (nat.from().stream().anyMatch(from -> from.isV6() == v6)) out.add("nat at " + nat.at());
        }
        for (Firewall.Redirect redirect : firewall.redirects()) {
            if (redirect.to().isV6() == v6) out.add("redirect at " + redirect.at());
        }
    }

    private static boolean leads(HubLans lans, boolean v6) {
        return Stream.concat(lans.near().stream(), lans.farLans().stream()).anyMatch(lan -> lan.isV6() == v6);
    }

    private static String shown(HubLans lans) {
        return "the LANs of hub '" + Names.shown(lans.hub().name()) + "' at "
                + lans.hub().at();
    }

    private void device(Fabric fabric, Host host, HubLans lans, boolean v6, List<Sysctl> said) {
        if (leads(lans, v6)) device(fabric, host, List.of(lans.hub().name()), shown(lans), v6, said);
    }

    private void device(Fabric fabric, Host host, Route route, boolean v6, List<Sysctl> said) {
        if (!RouteChecks.leads(fabric, host, route, v6)) return;
        String what = RouteChecks.shown(route) + " at " + route.at();
        device(fabric, host, RouteChecks.carrying(fabric, host, route), what, v6, said);
    }

    /** What counts for the interfaces by which a route's packets come in: its tunnels or hub, and those on the LAN. */
    private void device(Fabric fabric, Host host, List<String> tunnels, String what, boolean v6, List<Sysctl> said) {
        for (String device :
                Stream.concat(tunnels.stream(), onLan(fabric, host, v6)).toList()) {
            boolean made = tunnels.contains(device)
                    || fabric.link(host, device).filter(Link::made).isPresent();
            Optional<Sysctl> counts = new Parameter(v6, device, NAME).counts(fabric, host, made);
            if (counts.isEmpty() || !Parameter.isOff(counts.get().value())) continue;
            boolean all = FORWARDING
                    .getOrDefault(Os.LINUX, Map.of())
                    .containsKey(counts.get().key()); // said above
            if (all || said.contains(counts.get())) continue;
            said.add(counts.get());
            if (v6) unlikeRouter(counts.get(), device, what);
            else stops(counts.get(), host, device, what);
        }
    }

    private static Stream<String> onLan(Fabric fabric, Host host, boolean v6) {
        List<Cidr> lan = fabric.nearLans(host);
        return fabric.links(host).stream()
                .map(Link::name)
                .filter(device -> fabric.addresses(host, device).stream()
                        .filter(address -> address.isV6() == v6)
                        .anyMatch(address -> lan.stream().anyMatch(net -> net.contains(address.address()))));
    }

    /** IPv4 is forwarded by the flag of the interface it came in by (IN_DEV_FORWARD in net/ipv4/route.c). */
    private void stops(Sysctl sysctl, Host host, String device, String what) {
        refusals.conflict(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is " + sysctl.value() + " on " + Names.shown(host.name())
                        + ", which has to forward what comes in by " + Names.shown(device),
                "it carries other hosts' traffic: " + what);
    }

    /** IPv6 is forwarded by the flag for all; an interface's own says what it is to its neighbours (ip-sysctl.rst). */
    private void unlikeRouter(Sysctl sysctl, String device, String what) {
        refusals.doubt(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is " + sysctl.value() + ": " + Names.shown(device)
                        + " tells its neighbours that it is no router, and listens to routers",
                "it is one: " + what);
    }
}
