package org.linkctl.modules.balancing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.IpSet;

/**
 * Where connections of a balance go: its prefixes without what no next hop can take. route-to sends on what is for a
 * broadcast or multicast address, too, and what is for the host itself or for its neighbours (pf.conf(5); a packet keeps
 * its broadcast flag, sys/net/if_ethersubr.c).
 *
 * @param without parts of the prefixes, each narrower than the one that holds it
 */
public record Destinations(List<Cidr> prefixes, List<Cidr> without) {
    /** RFC 5771, RFC 919 section 7, RFC 3927 section 7. */
    private static final List<Cidr> SPECIAL = Stream.of("224.0.0.0/4", "255.255.255.255/32", "169.254.0.0/16")
            .map(Cidr::of)
            .toList();

    /** RFC 4291, sections 2.5.6 and 2.7. */
    private static final List<Cidr> SPECIAL_V6 =
            Stream.of("ff00::/8", "fe80::/10").map(Cidr::of).toList();

    private static final List<Cidr> HALVES =
            Stream.of("0.0.0.0/1", "128.0.0.0/1").map(Cidr::of).toList();

    private static final List<Cidr> HALVES_V6 =
            Stream.of("::/1", "8000::/1").map(Cidr::of).toList();

    public static Destinations of(Fabric fabric, Host host, Balance balance, boolean v6) {
        List<Cidr> asked = family(balance.to(), v6);
        List<Cidr> without = new ArrayList<>();
        Stream.of(v6 ? SPECIAL_V6 : SPECIAL, networks(fabric, host, v6), routed(fabric, host, v6))
                .flatMap(List::stream)
                .distinct()
                .filter(part -> isPartOf(asked, part))
                .forEach(without::add);
        for (Cidr single : singles(fabric, host, v6)) {
            boolean covered =
                    without.stream().anyMatch(part -> part.contains(single) && narrowest(asked, single, part));
            if (!covered && isPartOf(asked, single)) without.add(single);
        }
        return new Destinations(asked, without);
    }

    /**
     * Prefixes of a family, everything where nothing is said. The whole is written as its two halves, since the root of
     * a table's tree, where 0/0 would be, is no entry to pf (KENTRY_RNF_ROOT in pf_table.c).
     */
    public static List<Cidr> family(List<Cidr> prefixes, boolean v6) {
        List<Cidr> out = new ArrayList<>();
        List<Cidr> all = prefixes.isEmpty() ? IpSet.any(v6).prefixes() : prefixes;
        for (Cidr prefix : all) {
            if (prefix.isV6() != v6) continue;
            if (prefix.length() > 0) out.add(prefix);
            else out.addAll(v6 ? HALVES_V6 : HALVES);
        }
        return out;
    }

    /** A longer prefix counts in a table (radix), so that the part is out only if nothing of the same length is in. */
    private static boolean isPartOf(List<Cidr> asked, Cidr part) {
        return !asked.contains(part) && asked.stream().anyMatch(prefix -> prefix.contains(part));
    }

    /** Whether no prefix that was asked for lies between an address and a part that is out. */
    private static boolean narrowest(List<Cidr> asked, Cidr single, Cidr part) {
        return asked.stream().noneMatch(prefix -> prefix.contains(single) && prefix.length() > part.length());
    }

    private static List<Cidr> networks(Fabric fabric, Host host, boolean v6) {
        return HostAddresses.all(fabric, host).stream()
                .filter(own -> own.isV6() == v6)
                .map(Cidr::network)
                .toList();
    }

    /** What a route of the host leads elsewhere. */
    private static List<Cidr> routed(Fabric fabric, Host host, boolean v6) {
        return fabric.farLans(host).stream().filter(lan -> lan.isV6() == v6).toList();
    }

    /** Its own addresses, and the broadcast addresses of its networks. */
    private static List<Cidr> singles(Fabric fabric, Host host, boolean v6) {
        List<Cidr> own = HostAddresses.all(fabric, host);
        Stream<Ip> addresses = Stream.concat(own.stream().map(Cidr::address), HostAddresses.ssh(host).stream());
        Stream<Ip> broadcast = own.stream()
                .filter(one -> !one.isV6() && one.length() < 31)
                .map(one -> one.at((1L << (32 - one.length())) - 1).address());
        return Stream.concat(addresses, broadcast)
                .filter(one -> one.isV6() == v6)
                .distinct()
                .map(Cidr::host)
                .toList();
    }

    /** Every address of the prefixes. */
    public IpSet asked() {
        return IpSet.of(prefixes, isV6());
    }

    /** The addresses that are out. A longer prefix counts before a shorter one, whether it is in or out. */
    public IpSet left() {
        List<Cidr> all = Stream.concat(prefixes.stream(), without.stream())
                .sorted(Comparator.comparingInt(Cidr::length))
                .toList();
        IpSet reached = IpSet.of(List.of(), isV6());
        for (Cidr one : all) {
            IpSet part = IpSet.of(List.of(one), isV6());
            reached = prefixes.contains(one) ? reached.or(part) : reached.without(part);
        }
        return asked().without(reached);
    }

    private boolean isV6() {
        return prefixes.getFirst().isV6();
    }
}
