package org.linkctl.check;

import java.util.Map;
import java.util.Optional;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Route;
import org.linkctl.model.Sysctl;

/** Kernel parameters by which an inventory undoes what it asks for elsewhere. */
final class ContradictionChecks {
    private static final Map<String, Boolean> HASH =
            Map.of("net.ipv4.fib_multipath_hash_policy", false, "net.ipv6.fib_multipath_hash_policy", true);

    private final Refusals refusals;

    ContradictionChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        new ForwardingChecks(refusals).check(fabric);
        new Ipv6Checks(refusals).check(fabric);
        new ParameterChecks(refusals).check(fabric);
        for (Host host : fabric.hosts()) {
            for (Sysctl sysctl : fabric.of(Sysctl.class, host)) {
                if (host.os() != Os.LINUX) continue;
                uplink(fabric, host, sysctl);
                for (Route route : fabric.routesAt(host.site())) {
                    if (RouteChecks.carrying(fabric, host, route).size() < 2) continue; // nothing is spread
                    hash(fabric, host, route, sysctl);
                    reversePath(fabric, host, route, sysctl);
                }
            }
        }
    }

    private void hash(Fabric fabric, Host host, Route route, Sysctl sysctl) {
        Boolean v6 = HASH.get(sysctl.key());
        String wanted = Integer.toString(route.hash().policy());
        if (v6 == null || sysctl.value().equals(wanted) || !RouteChecks.leads(fabric, host, route, v6)) return;
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
        Optional<Parameter> parameter =
                Parameter.of(sysctl.key()).filter(one -> !one.v6() && one.name().equals("rp_filter"));
        if (parameter.isEmpty() || !sysctl.value().equals("1") || !RouteChecks.leads(fabric, host, route, false))
            return;
        if (!RouteChecks.carrying(fabric, host, route).contains(parameter.get().device())) return;
        refusals.doubt(
                sysctl.at(),
                "value",
                sysctl.value(),
                "'" + sysctl.key() + "' is 1: answers that come by another tunnel are dropped",
                "2 fits the route at " + route.at());
    }

    /** Strict, it drops what comes by an interface that no default route leads to, for whom it is redirected to. */
    private void uplink(Fabric fabric, Host host, Sysctl sysctl) {
        Parameter parameter = Parameter.of(sysctl.key()).orElse(null);
        if (parameter == null || parameter.v6() || !parameter.name().equals("rp_filter")) return;
        if (!sysctl.value().equals("1")) return;
        for (Link link : fabric.links(host)) {
            boolean asked = link.replyTo().stream().anyMatch(gateway -> !gateway.isV6());
            if (!asked || !link.name().equals(parameter.device())) continue;
            refusals.doubt(
                    sysctl.at(),
                    "value",
                    sysctl.value(),
                    "'" + sysctl.key() + "' is 1: what is asked of others by it is dropped",
                    "2 fits its replyTo: at " + link.at());
        }
    }
}
