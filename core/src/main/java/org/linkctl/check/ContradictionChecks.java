package org.linkctl.check;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;

/** Kernel parameters by which an inventory undoes what it asks for elsewhere. */
final class ContradictionChecks {
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

    private static final Map<String, Boolean> HASH =
            Map.of("net.ipv4.fib_multipath_hash_policy", false, "net.ipv6.fib_multipath_hash_policy", true);

    /** A dot in the interface's name is written as a slash (sysctl(8)). */
    private static final Pattern RP_FILTER = Pattern.compile("net\\.ipv4\\.conf\\.([^.]+)\\.rp_filter");

    private final Refusals refusals;

    ContradictionChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            for (Sysctl sysctl : fabric.sysctls(host)) {
                forwarding(fabric, host, sysctl);
                if (host.os() != Os.LINUX) continue;
                for (Route route : routes(fabric, host)) {
                    if (tunnels(fabric, host, route).size() < 2) continue; // nothing is spread
                    hash(fabric, host, route, sysctl);
                    reversePath(fabric, host, route, sysctl);
                }
            }
        }
    }

    /** The routes that a host carries, of those that can be worked with. */
    private static List<Route> routes(Fabric fabric, Host host) {
        return fabric.routes().stream()
                .filter(route -> RouteChecks.joinsTwo(fabric, route) && route.joins(host.site()))
                .filter(route -> !tunnels(fabric, host, route).isEmpty())
                .toList();
    }

    private static List<String> tunnels(Fabric fabric, Host host, Route route) {
        return fabric.tunnels(host).stream()
                .map(Tunnel::name)
                .filter(route.via()::contains)
                .toList();
    }

    /** Whether both LANs have the family: packets of another one have nowhere to go. */
    private static boolean leads(Fabric fabric, Host host, Route route, boolean v6) {
        return has(fabric.siteOf(host).lan(), v6) && has(fabric.farLans(route, host), v6);
    }

    private static boolean has(List<Cidr> lans, boolean v6) {
        return lans.stream().anyMatch(lan -> lan.isV6() == v6);
    }

    private void forwarding(Fabric fabric, Host host, Sysctl sysctl) {
        Boolean v6 = FORWARDING.getOrDefault(host.os(), Map.of()).get(sysctl.key());
        if (v6 == null || !sysctl.value().equals("0")) return;
        for (Route route : routes(fabric, host)) {
            if (!leads(fabric, host, route, v6)) continue;
            refuse(
                    host,
                    sysctl,
                    "route between " + Names.shown(String.join(" and ", route.between())) + " at " + route.at());
            return;
        }
        for (Balance balance : fabric.balances(host)) {
            if (balance.over().stream().noneMatch(hop -> hop.isV6() == v6)) continue;
            refuse(host, sysctl, "balance '" + Names.shown(balance.name()) + "' at " + balance.at());
            return;
        }
        for (Publish publish : fabric.publishes(host)) {
            if (publish.addresses().stream().noneMatch(address -> address.isV6() == v6)) continue;
            refuse(host, sysctl, "publish '" + Names.shown(publish.name()) + "' at " + publish.at());
            return;
        }
    }

    private void refuse(Host host, Sysctl sysctl, String who) {
        refusals.conflict(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is 0 on " + Names.shown(host.name()) + ", which has to forward",
                "it carries other hosts' traffic: " + who);
    }

    private void hash(Fabric fabric, Host host, Route route, Sysctl sysctl) {
        Boolean v6 = HASH.get(sysctl.key());
        String wanted = Integer.toString(route.hash().policy());
        if (v6 == null || sysctl.value().equals(wanted) || !leads(fabric, host, route, v6)) return;
        refusals.doubt(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is " + Names.shown(sysctl.value()) + ", where hash: " + route.hash() + " is "
                        + wanted,
                "the route at " + route.at() + " is spread over its tunnels by it");
    }

    /** Strict, it drops what comes by another tunnel than that by which the answer would go (ip-sysctl.rst). */
    private void reversePath(Fabric fabric, Host host, Route route, Sysctl sysctl) {
        Matcher match = RP_FILTER.matcher(sysctl.key());
        if (!match.matches() || !sysctl.value().equals("1") || !leads(fabric, host, route, false)) return;
        String device = match.group(1).replace('/', '.');
        if (!tunnels(fabric, host, route).contains(device)) return;
        refusals.doubt(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is 1: answers that come by another tunnel are dropped",
                "2 fits the route at " + route.at());
    }
}
