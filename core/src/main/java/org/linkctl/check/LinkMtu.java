package org.linkctl.check;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Link;

/**
 * How large the packets are that an interface carries.
 *
 * @param mtu bytes
 * @param by the interface that says so, its own name or that of one beneath
 * @param declared where; null: nowhere, it is what Ethernet has
 */
record LinkMtu(int mtu, String by, @Nullable Place declared) {
    /** Of Ethernet: what an interface has whose MTU is not declared (RFC 894). */
    static final int USUAL = 1500;

    /** Of a VLAN it is at most that of what carries it, of a bridge that of each member; a bond's members have the bond's. */
    static LinkMtu of(Fabric fabric, Host host, Link link) {
        return of(fabric, host, link, new HashSet<>());
    }

    /** The smallest of those beneath; without any, what is usual. */
    static LinkMtu beneath(Fabric fabric, Host host, Link link) {
        return beneath(fabric, host, link, new HashSet<>(Set.of(link.name())));
    }

    private static LinkMtu of(Fabric fabric, Host host, Link link, Set<String> seen) {
        Integer own = link.mtu();
        boolean alone = link.lower().isEmpty() || link instanceof Bond || !seen.add(link.name());
        LinkMtu stated = new LinkMtu(own == null ? USUAL : own, link.name(), own == null ? null : link.at());
        if (alone) return stated;
        LinkMtu beneath = beneath(fabric, host, link, seen);
        return own == null || beneath.mtu() <= own ? beneath : stated;
    }

    private static LinkMtu beneath(Fabric fabric, Host host, Link link, Set<String> seen) {
        LinkMtu smallest = null;
        for (String lower : link.lower()) {
            LinkMtu one = fabric.link(host, lower)
                    .map(found -> of(fabric, host, found, seen))
                    .orElse(new LinkMtu(USUAL, lower, null));
            if (smallest == null || one.mtu() < smallest.mtu()) smallest = one;
        }
        return smallest == null ? new LinkMtu(USUAL, link.name(), null) : smallest;
    }

    /** As a message tells it. */
    String told() {
        return declared == null ? "where nothing else is declared" : "as declared at " + declared;
    }
}
