package org.linkctl.check;

import java.util.regex.Pattern;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.model.Vlan;
import org.linkctl.net.Ip;

/** VLANs, bridges and DHCP as FreeBSD's kernel, rc.conf(5) and dhclient(8) take them. */
final class FreebsdLinkChecks {
    /** A dot is an underscore in names of variables (network.subr, get_if_var): so no underscore, that no two are one. */
    private static final Pattern VLAN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.]*");

    private static final Pattern BRIDGE = Pattern.compile("bridge[0-9]{1,5}");

    private final Refusals refusals;
    private final Fabric fabric;
    private final Host host;

    FreebsdLinkChecks(Refusals refusals, Fabric fabric, Host host) {
        this.refusals = refusals;
        this.fabric = fabric;
        this.host = host;
    }

    void check() {
        if (host.os() != Os.FREEBSD) return;
        for (Vlan vlan : fabric.of(Vlan.class, host)) vlan(vlan);
        for (Bridge bridge : fabric.of(Bridge.class, host)) bridge(bridge);
        for (Link link : fabric.links(host)) {
            Link.Dhcp dhcp = link.dhcp();
            if (dhcp != null && !Names.isLoopback(link.name(), Os.FREEBSD)) dhcp(link, dhcp);
        }
    }

    private void vlan(Vlan vlan) {
        String quoted = "name: '" + Names.shown(vlan.name()) + "' ";
        if (Names.isFreebsdOwn(vlan.name()) || Names.isLoopback(vlan.name(), Os.FREEBSD)) {
            String summary = quoted + "is the kernel's own on FREEBSD";
            refusals.conflict(vlan.at(), "name", vlan.name(), summary, "and no name for a VLAN");
        } else if (!VLAN.matcher(vlan.name()).matches()) {
            String summary = quoted + "is no name for a VLAN on FREEBSD";
            refusals.conflict(vlan.at(), "name", vlan.name(), summary, "it is letters, digits and dots there");
        }
        Link on = fabric.link(host, vlan.on()).orElse(null);
        if (on instanceof Bridge bridge) {
            String summary = "on: '" + Names.shown(vlan.on()) + "' is a bridge, which carries no VLANs on FREEBSD";
            String right = "make the bridge of a VLAN of what is its member now: vlan(…, on: '"
                    + (bridge.members().isEmpty()
                            ? "em0"
                            : Names.shown(bridge.members().getFirst()))
                    + "', id: " + vlan.id() + ")";
            refusals.conflict(vlan.at(), "on", vlan.on(), summary, right);
        }
    }

    private void bridge(Bridge bridge) {
        if (!BRIDGE.matcher(bridge.name()).matches()) {
            String summary = "name: '" + Names.shown(bridge.name()) + "' is no name for a bridge on FREEBSD";
            String right = "right would be bridge and a number: " + Names.free("bridge", fabric.interfaces(host));
            refusals.conflict(bridge.at(), "name", bridge.name(), summary, right);
        }
        for (String member : bridge.members()) {
            if (!Names.isFreebsdOwn(member)) continue;
            String summary = "'" + Names.shown(member) + "' cannot be a member of a bridge";
            refusals.conflict(bridge.at(), "members", member, summary, "it is the kernel's own on FreeBSD");
        }
        mtu(bridge);
    }

    /** Up to FreeBSD 13.2 no other member is taken; later ones get the bridge's (sys/net/if_bridge.c, bridge_ioctl_add). */
    private void mtu(Bridge bridge) {
        LinkMtu first = null;
        for (String member : bridge.members()) {
            LinkMtu one = fabric.link(host, member)
                    .filter(link -> !reaches(link, bridge))
                    .map(link -> LinkMtu.of(fabric, host, link))
                    .orElse(new LinkMtu(LinkMtu.USUAL, member, null));
            Integer own = bridge.mtu();
            if (own != null && own < one.mtu()) {
                String summary = "mtu: " + own + " of bridge '" + Names.shown(bridge.name()) + "' is less than "
                        + Names.shown(one.by()) + " has";
                refuse(bridge, "mtu", own.toString(), summary, one);
                return;
            }
            if (first == null) first = one;
            if (own == null && first.mtu() != one.mtu()) {
                String summary = "members of bridge '" + Names.shown(bridge.name()) + "' with an MTU of " + first.mtu()
                        + " and of " + one.mtu();
                refuse(bridge, "members", member, summary, one);
                return;
            }
        }
    }

    private void refuse(Bridge bridge, String attribute, String value, String summary, LinkMtu other) {
        String detail = "on FREEBSD a bridge and its members have one MTU (bridge(4)); " + Names.shown(other.by())
                + " has " + other.mtu() + " " + other.told();
        refusals.conflict(bridge.at(), attribute, value, summary, detail);
    }

    /** dhclient(8) of the base system is for IPv4; of an interface's addresses dhclient-script(8) sets its own in the place of the first. */
    private void dhcp(Link link, Link.Dhcp dhcp) {
        if (dhcp.v6()) {
            String detail = "its base system has no client of DHCPv6; right would be V4, and for router advertisements"
                    + " accept_rtadv in ifconfig_" + Names.shown(link.name()) + "_ipv6 of rc.conf(5)";
            refusals.conflict(link.at(), "dhcp", dhcp.name(), "dhcp: " + dhcp + " on FREEBSD", detail);
            return;
        }
        if (link.addresses().stream().anyMatch(address -> !address.isV6())) {
            String detail =
                    "its client sets what the server gives in the place of an address that is there: one of them";
            refusals.conflict(link.at(), "dhcp", dhcp.name(), "dhcp: beside an IPv4 address on FREEBSD", detail);
        }
        for (Link other : fabric.links(host)) {
            for (Ip gateway : other.defaultGateways()) {
                if (gateway.isV6() || other.name().equals(link.name())) continue; // or that is refused on any system
                String summary = "defaultGateway: '" + gateway + "' stands beside dhcp: of " + Names.shown(link.name());
                String detail = "its client (" + link.at()
                        + ") sets a default route, too, and FREEBSD knows no metric by which one counts";
                refusals.conflict(other.at(), "defaultGateway", gateway.text(), summary, detail);
            }
        }
    }

    /** Said of the members. */
    private static boolean reaches(Link link, Bridge bridge) {
        return link.name().equals(bridge.name());
    }
}
