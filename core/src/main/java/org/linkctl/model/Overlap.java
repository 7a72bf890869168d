package org.linkctl.model;

import java.util.List;
import java.util.Objects;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;
import org.linkctl.net.Relation;

/** How two things of a kind lie to each other of which one packet takes one alone: the narrower one. */
public final class Overlap {
    private Overlap() {}

    /** Whether a balance is for packets of the family at all. */
    public static boolean isFor(Balance balance, boolean v6) {
        return balance.over().stream().anyMatch(hop -> hop.isV6() == v6)
                && !prefixes(balance.from(), v6).isEmpty()
                && !prefixes(balance.to(), v6).isEmpty();
    }

    /** Of two balances of one host, by the packets of one family that each is for. */
    public static Relation of(Balance one, Balance other, boolean v6) {
        if (!one.inbound().equals(other.inbound()) || !isFor(one, v6) || !isFor(other, v6)) return Relation.APART;
        return prefixes(one.from(), v6)
                .to(prefixes(other.from(), v6))
                .and(prefixes(one.to(), v6).to(prefixes(other.to(), v6)));
    }

    /** Of two translations of sources of one host, in one family. */
    public static Relation of(Firewall.Nat one, Firewall.Nat other, boolean v6) {
        if (!one.outbound().equals(other.outbound())) return Relation.APART;
        return IpSet.of(one.from(), v6).to(IpSet.of(other.from(), v6));
    }

    /** Of two redirects of one host. */
    public static Relation of(Fabric fabric, Host host, Firewall.Redirect one, Firewall.Redirect other) {
        if (!one.inbound().equals(other.inbound())
                || one.proto() != other.proto()
                || one.to().isV6() != other.to().isV6()) return Relation.APART;
        Relation ports = Packets.ports(one.ports(), other.ports());
        if (ports == Relation.APART || Objects.equals(one.address(), other.address())) return ports;
        return addresses(fabric, host, one).to(addresses(fabric, host, other)).and(ports);
    }

    /** The addresses that a redirect of a host is for. */
    public static IpSet addresses(Fabric fabric, Host host, Firewall.Redirect redirect) {
        Ip address = redirect.address();
        boolean v6 = redirect.to().isV6();
        List<Cidr> called = address != null
                ? List.of(Cidr.host(address))
                : HostAddresses.on(fabric, host, redirect.inbound()).stream()
                        .map(one -> Cidr.host(one.address()))
                        .toList();
        return IpSet.of(called, v6);
    }

    private static IpSet prefixes(List<Cidr> prefixes, boolean v6) {
        return prefixes.isEmpty() ? IpSet.any(v6) : IpSet.of(prefixes, v6);
    }
}
