package org.linkctl.check;

import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;

/** What a gateway of Firezone brings to its host, and nothing else there can have. */
final class FirezoneChecks {
    private final Refusals refusals;

    FirezoneChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            for (FirezoneGateway gateway : fabric.of(FirezoneGateway.class, host)) {
                for (Cidr lan : fabric.siteOf(host).lan()) clients(gateway, host, lan);
                if (fabric.interfaces(host).contains(FirezoneGateway.DEVICE)) device(gateway, host);
            }
        }
    }

    /** Clients would look for the LAN among themselves, and what the LAN sends would be translated as theirs. */
    private void clients(FirezoneGateway gateway, Host host, Cidr lan) {
        for (Cidr clients : FirezoneGateway.CLIENTS) {
            if (!clients.overlaps(lan)) continue;
            refusals.conflict(
                    gateway.at(),
                    "",
                    "",
                    "clients of Firezone have addresses of " + clients + ", which overlaps " + lan + ", a LAN of "
                            + Names.shown(host.site()),
                    "what is in that LAN cannot be reached through a gateway");
        }
    }

    private void device(FirezoneGateway gateway, Host host) {
        refusals.conflict(
                gateway.at(),
                "",
                "",
                "the gateway makes an interface " + FirezoneGateway.DEVICE + ", which " + Names.shown(host.name())
                        + " has already",
                "give the other one another name");
    }
}
