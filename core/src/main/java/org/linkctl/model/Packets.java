package org.linkctl.model;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.IpSet;
import org.linkctl.net.Relation;

/**
 * The packets of one address family that a rule is for.
 *
 * @param device the interface they come in or go out by; null: any
 * @param proto null: any
 * @param ports of the destination; null: any
 */
public record Packets(
        boolean inbound,
        @Nullable String device,
        Firewall.@Nullable Proto proto,
        IpSet from,
        IpSet to,
        Firewall.@Nullable Ports ports) {
    /** Whether there is any that both are for. */
    public boolean meets(Packets other) {
        return inbound == other.inbound
                && (device == null || other.device == null || device.equals(other.device))
                && (proto == null || other.proto == null || proto == other.proto)
                && ports(ports, other.ports) != Relation.APART
                && from.meets(other.from)
                && to.meets(other.to);
    }

    /** Whether all of the other are among them. */
    public boolean covers(Packets other) {
        return inbound == other.inbound
                && (device == null || device.equals(other.device))
                && (proto == null || proto == other.proto)
                && EnumSet.of(Relation.EQUAL, Relation.WIDER).contains(ports(ports, other.ports))
                && from.contains(other.from)
                && to.contains(other.to);
    }

    /** How ports lie to other ones. */
    static Relation ports(Firewall.@Nullable Ports one, Firewall.@Nullable Ports other) {
        if (one == null) return other == null ? Relation.EQUAL : Relation.WIDER;
        if (other == null) return Relation.NARROWER;
        if (one.to() < other.from() || other.to() < one.from()) return Relation.APART;
        boolean in = one.from() >= other.from() && one.to() <= other.to();
        boolean around = other.from() >= one.from() && other.to() <= one.to();
        if (in && around) return Relation.EQUAL;
        return in ? Relation.NARROWER : around ? Relation.WIDER : Relation.CROSSING;
    }
}
