package org.linkctl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Publish;
import org.linkctl.model.Sysctl;

/**
 * Spokes that have to answer over the hub whoever it sends them ({@code masquerade: false}), and cannot. On FreeBSD a rule of pf
 * that lets a connection in names where its answers go (pf.conf(5), reply-to).
 */
final class KeptSourcesChecks {
    private static final String ATTRIBUTE = "masquerade";
    private static final String VALUE = "false";
    private static final String TRUE = "; or take masquerade: true";

    private final Refusals refusals;

    KeptSourcesChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            Set<Publish> said = new HashSet<>();
            for (KeptSources kept : KeptSources.of(fabric, host)) {
                if (host.os() == Os.LINUX) strict(fabric, host, kept);
                else for (Publish publish : kept.publishes()) pf(fabric, host, kept, publish, said);
            }
        }
    }

    private void pf(Fabric fabric, Host host, KeptSources kept, Publish publish, Set<Publish> said) {
        String hub = Names.shown(kept.hub().name());
        String skipped = skipped(fabric, host, kept);
        Balance spread = fabric.of(Balance.class, host).stream()
                .filter(balance -> balance.inbound().equals(kept.hub().name())
                        && balance.over().stream().anyMatch(hop -> hop.isV6() == kept.v6()))
                .findFirst()
                .orElse(null);
        if (fabric.ruleset(host) == Firewall.Ruleset.ANCHOR) {
            refuse(
                    publish,
                    host,
                    "has ruleset: ANCHOR",
                    "the rules that let something in by " + hub
                            + " are yours there, and in pf it is they that say where answers go: ruleset: MAIN" + TRUE);
        } else if (skipped != null) {
            refuse(
                    publish,
                    host,
                    "has skip: '" + Names.shown(skipped) + "'",
                    "pf looks at no packet there, and so sends no answer back over " + hub + ": leave skip: without it"
                            + TRUE);
        } else if (spread != null) {
            refuse(
                    publish,
                    host,
                    "has balance '" + Names.shown(spread.name()) + "' with inbound: '" + hub + "'",
                    "declared at " + spread.at()
                            + "; a rule of pf sends a connection on or its answers, not both (pf.conf(5), route-to)");
        } else if (!publish.udp().isEmpty() && said.add(publish)) {
            refusals.doubt(
                    publish.at(),
                    ATTRIBUTE,
                    VALUE,
                    "masquerade: false with udp: to " + Names.shown(host.name())
                            + ", which is FREEBSD: a program that answers from another address than it was asked at is not heard",
                    "it has to listen at " + kept.address() + " itself, or answer from where it was asked (ip(4),"
                            + " IP_SENDSRCADDR); on LINUX linkctl sets the address right");
        }
    }

    /** The hub's interface, or the one by which answers would leave that pf has to send elsewhere. */
    private static @Nullable String skipped(Fabric fabric, Host host, KeptSources kept) {
        List<String> skip = fabric.one(Firewall.class, host).map(Firewall::skip).orElse(List.of());
        for (String device : skip)
            if (device.equals(kept.hub().name()) || leadsOut(fabric, host, device, kept.v6())) return device;
        return null;
    }

    private static boolean leadsOut(Fabric fabric, Host host, String device, boolean v6) {
        Link link = fabric.link(host, device).orElse(null);
        if (link == null) return false;
        Link.Dhcp dhcp = link.dhcp();
        return (dhcp != null && dhcp.of(v6)) || link.defaultGateways().stream().anyMatch(one -> one.isV6() == v6);
    }

    private void refuse(Publish publish, Host host, String why, String detail) {
        refusals.conflict(
                publish.at(),
                ATTRIBUTE,
                VALUE,
                "masquerade: false, and " + Names.shown(host.name()) + ", which is FREEBSD, " + why,
                detail);
    }

    /** What is redirected on the spoke is looked at as it is sent on, and the way back from there is another one. */
    private void strict(Fabric fabric, Host host, KeptSources kept) {
        if (kept.v6()) return;
        for (Sysctl sysctl : fabric.of(Sysctl.class, host)) {
            Parameter parameter = Parameter.of(sysctl.key()).orElse(null);
            if (parameter == null || parameter.v6() || !parameter.name().equals("rp_filter")) continue;
            if (!sysctl.value().equals("1")
                    || !parameter.device().equals(kept.hub().name())) continue;
            refusals.doubt(
                    sysctl.at(),
                    "value",
                    sysctl.value(),
                    "'" + sysctl.key() + "' is 1: what is published and passed on to others is dropped",
                    "2 fits masquerade: false of publish '"
                            + Names.shown(kept.publishes().getFirst().name()) + "' at "
                            + kept.publishes().getFirst().at());
        }
    }
}
