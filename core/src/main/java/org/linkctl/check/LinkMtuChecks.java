package org.linkctl.check;

import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;

/** VLANs and bridges whose packets are larger than what is beneath carries: the kernel takes no such VLAN, and loses the frames. */
final class LinkMtuChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;

    LinkMtuChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
    }

    void check() {
        for (Link link : fabric.links(host)) {
            Integer mtu = link.mtu();
            if (mtu == null || link.lower().isEmpty() || link instanceof Bond) continue;
            LinkMtu beneath = LinkMtu.beneath(fabric, host, link);
            if (mtu <= beneath.mtu()) continue;
            refusals.conflict(
                    link.at(),
                    "mtu",
                    mtu.toString(),
                    "mtu: " + mtu + " of " + link.kind() + " '" + Names.shown(link.name()) + "' is more than "
                            + Names.shown(beneath.by()) + " carries",
                    Names.shown(beneath.by()) + " carries " + beneath.mtu() + " " + beneath.told() + "; mtu: " + mtu
                            + " there, or " + beneath.mtu() + " here");
        }
    }
}
