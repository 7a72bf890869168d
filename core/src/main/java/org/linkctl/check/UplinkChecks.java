package org.linkctl.check;

import java.util.HashMap;
import java.util.Map;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.net.Ip;

/** Default gateways that no packet gets to, and DHCP where none can be. */
final class UplinkChecks {
    private static final String ATTRIBUTE = "defaultGateway";

    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;
    private final NeighborChecks neighbors;
    /** Of each family, true for IPv6, the link that has one. */
    private final Map<Boolean, Link> holders = new HashMap<>();

    UplinkChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
        this.neighbors = new NeighborChecks(refusals, fabric, host);
    }

    void check() {
        for (Link link : fabric.links(host)) {
            for (Ip gateway : link.defaultGateways()) gateway(link, gateway);
            if (link.dhcp() != null) dhcp(link);
        }
        for (Bond bond : fabric.of(Bond.class, host)) {
            for (String member : bond.members()) {
                fabric.link(host, member)
                        .filter(link -> link.dhcp() != null)
                        .ifPresent(link -> refusals.conflict(
                                link.at(),
                                "dhcp",
                                "",
                                "dhcp: " + Names.shown(member) + " is a member of " + Names.shown(bond.name()),
                                "what comes in by it belongs to the bond: dhcp: there"));
            }
        }
    }

    private void gateway(Link link, Ip gateway) {
        Link.Dhcp dhcp = link.dhcp();
        Link first = holders.putIfAbsent(gateway.isV6(), link);
        if (first != null) {
            String which = first.name().equals(link.name())
                    ? "here"
                    : "for " + Names.shown(first.name()) + " at " + first.at();
            refuse(
                    link,
                    gateway,
                    "is a second one for " + (gateway.isV6() ? "IPv6" : "IPv4"),
                    "one is declared " + which + "; a host has one default route of each family");
        } else if (dhcp != null && dhcp.of(gateway.isV6())) {
            refuse(link, gateway, "stands beside dhcp:", "the DHCP server, or the router itself, names the gateway");
        } else neighbors.check(link, ATTRIBUTE, gateway);
    }

    private void dhcp(Link link) {
        Link.Dhcp dhcp = link.dhcp();
        if (dhcp == null) return;
        if (Names.isLoopback(link.name(), host.os())) {
            refusals.conflict(link.at(), "dhcp", dhcp.name(), "dhcp: on the loopback", "no server can be there");
        }
    }

    private void refuse(Link link, Ip gateway, String why, String detail) {
        neighbors.refuse(link, ATTRIBUTE, gateway, why, detail);
    }
}
