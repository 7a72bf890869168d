package org.linkctl.check;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Tunnels whose encrypted packets are larger than what carries them: they are cut in pieces, or lost. */
final class MtuChecks {
    /** IPv4 20, UDP 8, WireGuard's header and tag 32 bytes (WireGuard whitepaper, section 5.4.6). */
    private static final int AROUND_V4 = 60;
    /** The same with IPv6's header of 40 bytes. */
    private static final int AROUND_V6 = 80;
    /** Of Ethernet: what an interface has whose MTU is not declared (RFC 894). */
    private static final int USUAL = 1500;
    /** RFC 8200, section 5. */
    private static final int SMALLEST_V6 = 1280;

    /** An interface that could carry a tunnel. */
    private record Carrier(
            String name,
            List<Cidr> addresses,
            int mtu,
            @Nullable Place declared) {}

    private final Refusals refusals;

    MtuChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Tunnel tunnel : fabric.tunnels()) {
            if (tunnel.ends().size() != 2) continue;
            Tunnel.End first = tunnel.ends().getFirst();
            Tunnel.End last = tunnel.ends().getLast();
            Stream.of(carrier(fabric, first, last), carrier(fabric, last, first))
                    .flatMap(Optional::stream)
                    .min(Comparator.comparingInt(Found::room))
                    .filter(found -> found.room() > 0 && found.room() < tunnel.effectiveMtu())
                    .ifPresent(found -> warn(tunnel, found));
        }
    }

    /** @param around bytes of headers around a packet of the tunnel */
    private record Found(String host, Carrier by, int around) {
        int room() {
            return by.mtu() - around;
        }
    }

    /** The widest of those that could carry what this end sends to the other, so that what is said is certain. */
    private static Optional<Found> carrier(Fabric fabric, Tunnel.End own, Tunnel.End other) {
        Optional<Host> host = fabric.host(own.host());
        if (host.isEmpty()) return Optional.empty();
        String called = other.endpoint() == null ? own.endpoint() : other.endpoint();
        boolean v6 = called != null && Ip.parse(called).filter(Ip::isV6).isPresent();
        Optional<Ip> far = Optional.ofNullable(other.endpoint()).flatMap(Ip::parse);
        List<Carrier> all = carriers(fabric, host.get());
        List<Carrier> direct = all.stream()
                .filter(one -> far.isPresent() && one.addresses().stream().anyMatch(net -> net.contains(far.get())))
                .toList();
        Carrier widest = (direct.isEmpty() ? all : direct)
                .stream().max(Comparator.comparingInt(Carrier::mtu)).orElse(new Carrier("", List.of(), USUAL, null));
        return Optional.of(new Found(own.host(), widest, v6 ? AROUND_V6 : AROUND_V4));
    }

    private static List<Carrier> carriers(Fabric fabric, Host host) {
        Set<String> members = new HashSet<>();
        for (Bond bond : fabric.bonds(host)) members.addAll(bond.members());
        return Stream.concat(
                        fabric.bonds(host).stream()
                                .map(bond -> carrier(bond.name(), bond.addresses(), bond.mtu(), bond.at())),
                        fabric.nics(host).stream()
                                .filter(nic -> !members.contains(nic.name()))
                                .map(nic -> carrier(nic.name(), nic.addresses(), nic.mtu(), nic.at())))
                .toList();
    }

    private static Carrier carrier(String name, List<Cidr> addresses, @Nullable Integer mtu, Place at) {
        return new Carrier(name, addresses, mtu == null ? USUAL : mtu, mtu == null ? null : at);
    }

    private void warn(Tunnel tunnel, Found found) {
        boolean v6 =
                tunnel.ends().stream().flatMap(end -> end.addresses().stream()).anyMatch(Cidr::isV6);
        Carrier by = found.by();
        String device = by.name().isEmpty() ? "an interface" : Names.shown(by.name());
        String carrier = device + " of " + Names.shown(found.host()) + " carries " + by.mtu()
                + (by.declared() == null ? " where nothing else is declared" : ", as declared at " + by.declared());
        String fits = v6 && found.room() < SMALLEST_V6
                ? "IPv6 in the tunnel needs " + SMALLEST_V6 + ": mtu: " + (SMALLEST_V6 + found.around()) + " for "
                        + device
                : "mtu: " + found.room() + " fits";
        String group = tunnel.group();
        String named =
                group == null ? "tunnel '" + Names.shown(tunnel.name()) + "'" : "tunnels '" + Names.shown(group) + "'";
        refusals.doubt(
                tunnel.at(),
                "mtu",
                "",
                "mtu: " + tunnel.effectiveMtu() + " of " + named + " is " + (tunnel.effectiveMtu() + found.around())
                        + " with its headers, more than what carries it",
                carrier + "; " + fits);
    }
}
