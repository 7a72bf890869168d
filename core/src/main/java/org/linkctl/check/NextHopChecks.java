package org.linkctl.check;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.net.Ip;

/** Next hops that are none, or stand there twice, and hosts that have none of them near. */
final class NextHopChecks {
    private final Refusals refusals;

    NextHopChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Balance balance : fabric.all(Balance.class)) {
            List<Host> hosts = fabric.hostsOf(balance.on());
            site(balance, hosts);
            Set<Ip> seen = new HashSet<>();
            for (Ip hop : balance.over()) {
                if (!seen.add(hop)) {
                    String summary = "over: '" + hop + "' stands there twice";
                    refusals.twice(balance.at(), "over", hop.text(), summary, "weights: is for that");
                } else edge(fabric, balance, hosts, hop);
            }
        }
    }

    private void site(Balance balance, List<Host> hosts) {
        hosts.stream()
                .filter(host -> !host.site().equals(balance.site()))
                .findFirst()
                .ifPresent(host -> refusals.conflict(
                        balance.at(),
                        "on",
                        balance.on(),
                        "on: '" + Names.shown(balance.on()) + "' is on another site",
                        "it is on " + Names.shown(host.site()) + ", the balance on " + Names.shown(balance.site())));
    }

    private void edge(Fabric fabric, Balance balance, List<Host> hosts, Ip hop) {
        hosts.stream()
                .flatMap(host -> fabric.addresses(host).stream())
                .filter(own -> Bits.isEdge(own, hop))
                .findFirst()
                .ifPresent(own -> refusals.conflict(
                        balance.at(),
                        "over",
                        hop.text(),
                        "over: '" + hop + "' is the first or the last address of the network " + own.network(),
                        "no host has it"));
    }
}
