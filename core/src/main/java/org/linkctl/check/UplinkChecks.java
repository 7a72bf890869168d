package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Vlan;
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
        several();
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

    /** Each server, or router, names a default gateway, unless a declared one counts before all of them. */
    private void several() {
        Set<String> members = fabric.links(host).stream()
                .filter(link -> !(link instanceof Vlan))
                .flatMap(link -> link.lower().stream())
                .collect(Collectors.toSet());
        Map<Boolean, Link> first = new HashMap<>();
        for (Link link : fabric.links(host)) {
            Link.Dhcp dhcp = link.dhcp();
            if (dhcp == null || members.contains(link.name()) || Names.isLoopback(link.name(), host.os())) continue;
            Link other = null;
            for (boolean v6 : List.of(false, true)) {
                if (!dhcp.of(v6) || holders.containsKey(v6)) continue;
                Link before = first.putIfAbsent(v6, link);
                if (other == null) other = before;
            }
            if (other == null || other.name().equals(link.name())) continue;
            refusals.doubt(
                    link.at(),
                    "dhcp",
                    dhcp.name(),
                    "dhcp: of " + Names.shown(other.name()) + " and " + Names.shown(link.name())
                            + ": each may bring a default route",
                    host.os() == Os.FREEBSD
                            ? "that of the client which is answered first counts (dhclient-script(8)), of which none can"
                                    + " tell beforehand; right would be dhcp: on one of them"
                            : "of two with one metric none can tell which one counts; right would be a defaultGateway: of"
                                    + " the host, or dhcp: on one of them");
        }
    }

    private void refuse(Link link, Ip gateway, String why, String detail) {
        neighbors.refuse(link, ATTRIBUTE, gateway, why, detail);
    }
}
