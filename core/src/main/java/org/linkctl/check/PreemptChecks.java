package org.linkctl.check;

import java.util.HashSet;
import java.util.Set;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Vip;

/** Whether a host takes its addresses back is one setting for all of them: net.inet.carp.preempt (carp(4)). */
final class PreemptChecks {
    private final Refusals refusals;
    private final Set<Place> said = new HashSet<>();

    PreemptChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            Vip first = null;
            for (Vip vip : fabric.of(Vip.class, host)) {
                if (first == null) first = vip;
                else if (first.preempt() != vip.preempt() && said.add(vip.at())) refuse(host, first, vip);
            }
        }
    }

    private void refuse(Host host, Vip first, Vip vip) {
        refusals.conflict(
                vip.at(),
                "preempt",
                "",
                "preempt: " + vip.preempt() + " for vip " + vip.id() + ", and " + first.preempt() + " for vip "
                        + first.id() + " of the same host " + Names.shown(host.name()),
                "a host has one setting for all its vips (net.inet.carp.preempt); the other is at " + first.at());
    }
}
