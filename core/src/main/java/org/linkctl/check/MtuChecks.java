package org.linkctl.check;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Link;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.model.Vlan;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Tunnels whose encrypted packets are larger than what carries them: they are cut in pieces, or lost. */
final class MtuChecks {
    /** IPv4 20, UDP 8, WireGuard's header and tag 32 bytes (WireGuard whitepaper, section 5.4.6). */
    private static final int AROUND_V4 = 60;
    /** The same with IPv6's header of 40 bytes. */
    private static final int AROUND_V6 = 80;
    /** RFC 8200, section 5. */
    private static final int SMALLEST_V6 = 1280;

    /**
     * An interface that could carry a tunnel.
     *
     * @param addresses those of a vip on it included
     * @param room what it carries, by itself or by what is beneath
     */
    private record Carrier(String name, List<Cidr> addresses, LinkMtu room) {
        int mtu() {
            return room.mtu();
        }

        boolean has(Ip address) {
            return addresses.stream().anyMatch(one -> one.address().equals(address));
        }

        boolean leadsTo(Ip address) {
            return addresses.stream().anyMatch(net -> net.contains(address));
        }
    }

    private final Refusals refusals;
    private final Map<Host, List<Carrier>> carriers = new HashMap<>();

    MtuChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Set<String> said = new HashSet<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            if (tunnel.ends().size() != 2) continue;
            Tunnel.End first = tunnel.ends().getFirst();
            Tunnel.End last = tunnel.ends().getLast();
            String group = tunnel.group();
            String name = group == null
                    ? "tunnel '" + Names.shown(tunnel.name()) + "'"
                    : "tunnels '" + Names.shown(group) + "'";
            List<Cidr> inside = tunnel.ends().stream()
                    .flatMap(end -> end.addresses().stream())
                    .toList();
            narrowest(Stream.of(carrier(fabric, first, last), carrier(fabric, last, first)), tunnel.effectiveMtu())
                    .filter(found -> said.add(name))
                    .ifPresent(found -> warn(new Made(name, tunnel.effectiveMtu(), inside, tunnel.at()), found));
        }
        for (Hub hub : fabric.hubs()) {
            Made made =
                    new Made("hub '" + Names.shown(hub.name()) + "'", hub.effectiveMtu(), hub.addresses(), hub.at());
            narrowest(carriers(fabric, hub), hub.effectiveMtu()).ifPresent(found -> warn(made, found));
        }
    }

    /**
     * What has an mtu.
     *
     * @param name as it is told
     * @param inside addresses in it
     */
    private record Made(String name, int mtu, List<Cidr> inside, Place at) {}

    /** @param around bytes of headers around a packet of the tunnel */
    private record Found(String host, Carrier by, int around) {
        int room() {
            return by.mtu() - around;
        }
    }

    private static Optional<Found> narrowest(Stream<Optional<Found>> carriers, int mtu) {
        return carriers.flatMap(Optional::stream)
                .min(Comparator.comparingInt(Found::room))
                .filter(found -> found.room() > 0 && found.room() < mtu);
    }

    /** Of a hub all hosts have one mtu: what each of its hosts sends to the spokes, and each spoke to the hub. */
    private Stream<Optional<Found>> carriers(Fabric fabric, Hub hub) {
        return fabric.members(hub).stream()
                .map(host -> fabric.isHub(hub, host)
                        ? carrier(fabric, host.name(), hub.endpoint(), null)
                        : carrier(fabric, host.name(), null, hub.endpoint()));
    }

    private Optional<Found> carrier(Fabric fabric, Tunnel.End own, Tunnel.End other) {
        return carrier(fabric, own.host(), own.endpoint(), other.endpoint());
    }

    /**
     * The widest of those that could carry what goes between a host and the other, so that what is said is certain: one
     * that has the endpoint itself, or its network; where none has, of all that could be uplinks. Nothing where none is
     * declared: what an uplink carries that the inventory does not know is not known either.
     *
     * @param own where the host is found; null: it calls
     * @param far where the other one is found; null: the other one calls
     */
    private Optional<Found> carrier(Fabric fabric, String name, @Nullable String own, @Nullable String far) {
        Optional<Host> host = fabric.host(name);
        if (host.isEmpty()) return Optional.empty();
        Optional<Ip> here = Optional.ofNullable(own).flatMap(Ip::parse);
        Optional<Ip> there = Optional.ofNullable(far).flatMap(Ip::parse);
        boolean v6 = (far == null ? here : there).filter(Ip::isV6).isPresent();
        List<Carrier> all = carriers.computeIfAbsent(host.get(), one -> carriers(fabric, one));
        List<Carrier> direct = all.stream()
                .filter(one -> here.filter(one::has).isPresent()
                        || there.filter(one::leadsTo).isPresent())
                .toList();
        List<Carrier> uplinks = direct.isEmpty()
                ? all.stream()
                        .filter(one -> !isOnlyLan(fabric, host.get(), one))
                        .toList()
                : direct;
        return uplinks.stream()
                .max(Comparator.comparingInt(Carrier::mtu))
                .map(widest -> new Found(name, widest, v6 ? AROUND_V6 : AROUND_V4));
    }

    /** An interface with addresses of the site's LAN alone. */
    private static boolean isOnlyLan(Fabric fabric, Host host, Carrier carrier) {
        if (carrier.addresses().isEmpty()) return false;
        List<Cidr> lan = fabric.siteOf(host).lan();
        return carrier.addresses().stream()
                .allMatch(own -> lan.stream().anyMatch(prefix -> prefix.contains(own.address())));
    }

    private static List<Carrier> carriers(Fabric fabric, Host host) {
        Set<String> members = new HashSet<>();
        for (Link link : fabric.links(host)) if (!(link instanceof Vlan)) members.addAll(link.lower());
        return fabric.links(host).stream()
                .filter(link -> !members.contains(link.name()) && !Names.isLoopback(link.name(), host.os()))
                .map(link -> carrier(fabric, host, link))
                .toList();
    }

    private static Carrier carrier(Fabric fabric, Host host, Link link) {
        List<Cidr> addresses = Stream.concat(
                        fabric.addresses(host, link.name()).stream(),
                        fabric.of(Vip.class, host).stream()
                                .filter(vip -> vip.on().equals(link.name()))
                                .flatMap(vip -> vip.addresses().stream()))
                .toList();
        return new Carrier(link.name(), addresses, LinkMtu.of(fabric, host, link));
    }

    private void warn(Made made, Found found) {
        boolean v6 = made.inside().stream().anyMatch(Cidr::isV6);
        Carrier by = found.by();
        String device = Names.shown(by.room().by());
        String above = Names.shown(by.name());
        String carrier = device + " of " + Names.shown(found.host())
                + (device.equals(above) ? "" : ", which " + above + " is on,") + " carries " + by.mtu()
                + (by.room().declared() == null ? " " : ", ") + by.room().told();
        String fits = v6 && found.room() < SMALLEST_V6
                ? "IPv6 in the tunnel needs " + SMALLEST_V6 + ": mtu: " + (SMALLEST_V6 + found.around()) + " for "
                        + device
                : "mtu: " + found.room() + " fits";
        refusals.doubt(
                made.at(),
                "mtu",
                "",
                "mtu: " + made.mtu() + " of " + made.name() + " is " + (made.mtu() + found.around())
                        + " with its headers, more than what carries it",
                carrier + "; " + fits);
    }
}
