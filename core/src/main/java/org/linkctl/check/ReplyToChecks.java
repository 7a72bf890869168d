package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Link;
import org.linkctl.model.Os;
import org.linkctl.net.Ip;

/** Neighbours that answers cannot go through, or need not. */
final class ReplyToChecks {
    private static final String ATTRIBUTE = "replyTo";

    private final Fabric fabric;
    private final Host host;
    private final NeighborChecks neighbors;

    ReplyToChecks(Refusals refusals, Fabric fabric, Host host) {
        this.fabric = fabric;
        this.host = host;
        this.neighbors = new NeighborChecks(refusals, fabric, host);
    }

    void check() {
        for (Link link : fabric.links(host)) {
            List<Ip> all = link.replyTo();
            for (int i = 0; i < all.size(); i++) neighbor(link, all.get(i), all.subList(0, i));
        }
    }

    private void neighbor(Link link, Ip gateway, List<Ip> before) {
        boolean v6 = gateway.isV6();
        String family = v6 ? "IPv6" : "IPv4";
        String name = Names.shown(link.name());
        Link.Dhcp dhcp = link.dhcp();
        Optional<Ip> other = link.defaultGateways().stream()
                .filter(one -> one.isV6() == v6 && !one.equals(gateway))
                .findFirst();
        if (before.stream().anyMatch(one -> one.isV6() == v6)) {
            refuse(
                    link,
                    gateway,
                    "is a second one for " + family,
                    "one is declared here; what was asked by an interface is answered through one neighbour of each family");
        } else if (Names.isLoopback(link.name(), host.os())) {
            refuse(link, gateway, "stands on the loopback", "nobody elsewhere asks by it");
        } else if (dhcp != null && dhcp.of(v6)) {
            refuse(
                    link,
                    gateway,
                    "stands beside dhcp:",
                    "the DHCP server, or the router itself, names the neighbour and the address; give the interface an "
                            + family + " address: of its own");
        } else if (link.addresses().stream().noneMatch(own -> own.isV6() == v6)) {
            refuse(
                    link,
                    gateway,
                    "is of " + family + ", and " + name + " has no " + family + " address:",
                    "nobody can ask by it: an address: of that family, or none here");
        } else if (other.isPresent()) {
            refuse(
                    link,
                    gateway,
                    "stands beside defaultGateway: '" + other.get() + "'",
                    "both are for what leaves by " + name
                            + " with its address; one router for both, or an interface for each");
        } else if (!system(link, gateway)) {
            neighbors.check(link, ATTRIBUTE, gateway);
            elsewhere(link, gateway);
        }
    }

    /** A link-local address says nothing about which router it is; one that is on no network is told of already. */
    private void elsewhere(Link link, Ip gateway) {
        boolean known = link.addresses().stream().anyMatch(own -> own.contains(gateway));
        if (!known || (gateway.isV6() && Bits.isLinkLocal(gateway))) return;
        for (Link other : fabric.links(host)) {
            if (other.name().equals(link.name())) continue;
            String word = other.defaultGateways().contains(gateway)
                    ? "defaultGateway"
                    : other.replyTo().contains(gateway) && isBefore(other, link) ? ATTRIBUTE : null;
            if (word == null) continue;
            refuse(
                    link,
                    gateway,
                    "is the " + word + ": of " + Names.shown(other.name()) + " as well",
                    "declared at " + other.at()
                            + "; of two interfaces on one network nobody knows by which one is asked");
            return;
        }
    }

    /** Of two that have the same, the second one is told of. */
    private boolean isBefore(Link one, Link other) {
        List<Link> all = fabric.links(host);
        return all.indexOf(one) < all.indexOf(other);
    }

    /** On FreeBSD a rule that lets something in names where its answers go (pf.conf(5), reply-to): what pf never sees, or by whose rules. */
    private boolean system(Link link, Ip gateway) {
        if (host.os() != Os.FREEBSD) return false;
        String name = Names.shown(link.name());
        if (fabric.ruleset(host) == Firewall.Ruleset.ANCHOR) {
            refuse(
                    link,
                    gateway,
                    "stands beside ruleset: ANCHOR",
                    "the rules that let something in by " + name
                            + " are yours there, and in pf it is they that say where answers go: write reply-to ("
                            + name
                            + " " + gateway + ") into them, or take ruleset: MAIN");
            return true;
        }
        for (String skipped :
                fabric.one(Firewall.class, host).map(Firewall::skip).orElse(List.of())) {
            boolean here = skipped.equals(link.name());
            if (!here && !leadsOut(skipped, gateway.isV6())) continue;
            refuse(
                    link,
                    gateway,
                    here
                            ? "stands at an interface of skip:"
                            : "stands beside skip: '" + Names.shown(skipped) + "', by which the default route leads",
                    "pf looks at no packet there, and so not at the answers"
                            + (here ? "" : " that have to go elsewhere"));
            return true;
        }
        for (Balance balance : fabric.of(Balance.class, host)) {
            if (!balance.inbound().equals(link.name())
                    || balance.over().stream().noneMatch(hop -> hop.isV6() == gateway.isV6())) continue;
            refuse(
                    link,
                    gateway,
                    "stands at the interface that balance '" + Names.shown(balance.name()) + "' is inbound of",
                    "declared at " + balance.at()
                            + "; on FREEBSD a rule of pf sends a connection on or its answers, not both (pf.conf(5), route-to)");
            return true;
        }
        return false;
    }

    private boolean leadsOut(String device, boolean v6) {
        Link link = fabric.link(host, device).orElse(null);
        if (link == null) return false;
        Link.Dhcp dhcp = link.dhcp();
        return (dhcp != null && dhcp.of(v6)) || link.defaultGateways().stream().anyMatch(one -> one.isV6() == v6);
    }

    private void refuse(Link link, Ip gateway, String why, String detail) {
        neighbors.refuse(link, ATTRIBUTE, gateway, why, detail);
    }
}
