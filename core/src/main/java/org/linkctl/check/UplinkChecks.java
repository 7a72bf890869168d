package org.linkctl.check;

import java.util.HashMap;
import java.util.Map;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Default gateways that no packet gets to, and DHCP where none can be. */
final class UplinkChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;
    /** Of each family, true for IPv6, the link that has one. */
    private final Map<Boolean, Link> holders = new HashMap<>();

    UplinkChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
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
        } else if (fabric.holder(host, gateway).isPresent()) {
            String detail = "right would be the address of the router that this host sends by, on a network of "
                    + Names.shown(link.name());
            refuse(link, gateway, "is an address of " + Names.shown(host.name()) + " itself", detail);
        } else if (link.addresses().stream().anyMatch(own -> Bits.isEdge(own, gateway))) {
            refuse(
                    link,
                    gateway,
                    "is the first or the last address of a network of " + Names.shown(link.name()),
                    "no host and no router has it (RFC 1122, section 3.2.1.3)");
        } else if (!isNear(link, gateway)) {
            refuse(
                    link,
                    gateway,
                    "is on no network of " + Names.shown(link.name()),
                    link.addresses().isEmpty()
                            ? "it has no address"
                            : "its addresses: "
                                    + String.join(
                                            ", ",
                                            link.addresses().stream()
                                                    .map(Cidr::toString)
                                                    .toList()));
        }
    }

    /** A link-local address is on every link (RFC 4291, section 2.5.6). */
    private static boolean isNear(Link link, Ip gateway) {
        return (gateway.isV6() && Bits.isLinkLocal(gateway))
                || link.addresses().stream().anyMatch(own -> own.contains(gateway));
    }

    private void dhcp(Link link) {
        Link.Dhcp dhcp = link.dhcp();
        if (dhcp == null) return;
        if (Names.isLoopback(link.name(), host.os())) {
            refusals.conflict(link.at(), "dhcp", dhcp.name(), "dhcp: on the loopback", "no server can be there");
        }
    }

    private void refuse(Link link, Ip gateway, String why, String detail) {
        refusals.conflict(
                link.at(), "defaultGateway", gateway.text(), "defaultGateway: '" + gateway + "' " + why, detail);
    }
}
