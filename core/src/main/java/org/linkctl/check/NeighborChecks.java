package org.linkctl.check;

import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Addresses of routers that an interface leads to: those that no packet gets to. */
final class NeighborChecks {
    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;

    NeighborChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
    }

    void check(Link link, String attribute, Ip gateway) {
        if (fabric.holder(host, gateway).isPresent()) {
            String detail = "right would be the address of the router that this host sends by, on a network of "
                    + Names.shown(link.name());
            refuse(link, attribute, gateway, "is an address of " + Names.shown(host.name()) + " itself", detail);
        } else if (link.addresses().stream().anyMatch(own -> Bits.isEdge(own, gateway))) {
            refuse(
                    link,
                    attribute,
                    gateway,
                    "is the first or the last address of a network of " + Names.shown(link.name()),
                    "no host and no router has it (RFC 1122, section 3.2.1.3)");
        } else if (!isNear(link, gateway)) {
            refuse(
                    link,
                    attribute,
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

    void refuse(Link link, String attribute, Ip gateway, String why, String detail) {
        refusals.conflict(link.at(), attribute, gateway.text(), attribute + ": '" + gateway + "' " + why, detail);
    }
}
