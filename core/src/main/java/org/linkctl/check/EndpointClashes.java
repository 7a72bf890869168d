package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Prefixes;

/** Endpoints at which somebody else is found than who is meant. */
final class EndpointClashes {
    /**
     * Where a host, or a pair, is found.
     *
     * @param on a host or a pair
     * @param what the tunnel or the hub
     */
    private record Found(String on, String endpoint, int port, String what, Place at) {
        Optional<Ip> address() {
            return Ip.parse(endpoint);
        }

        /** What of two is the same where one packet finds both. Names are compared without regard to case (RFC 4343). */
        String where() {
            return port + " " + address().map(Ip::toString).orElse(endpoint.toLowerCase(Locale.ROOT));
        }
    }

    private final Refusals refusals;

    EndpointClashes(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        List<Found> all = Stream.concat(
                        fabric.tunnels().stream().flatMap(EndpointClashes::ends),
                        fabric.hubs().stream().map(EndpointClashes::hub))
                .toList();
        Map<String, List<Found>> seen = new HashMap<>();
        AddressHolders holders = AddressHolders.withVips(fabric);
        Prefixes<Cidr> lans = new Prefixes<>();
        for (Site site : fabric.sites()) for (Cidr lan : site.lan()) lans.add(lan, lan);
        Set<String> said = new HashSet<>();
        for (Found found : all) {
            boolean reused = found.address().filter(one -> isReused(lans, one)).isPresent();
            // Two places may have one address of their own: then those of one site alone are compared.
            String where = reused ? site(fabric, found).orElse("") : "";
            List<Found> same = seen.computeIfAbsent(found.where() + " " + where, _ -> new ArrayList<>());
            same.stream()
                    .filter(first -> !shares(fabric, first, found))
                    .findFirst()
                    .ifPresent(first -> twice(first, found));
            same.add(found);
            if (!reused) elsewhere(fabric, holders, found, said);
        }
        for (Hub hub : fabric.hubs()) standby(fabric, hub);
    }

    private static Stream<Found> ends(Tunnel tunnel) {
        return tunnel.ends().stream()
                .flatMap(end -> Stream.ofNullable(end.endpoint())
                        .map(endpoint -> new Found(
                                end.host(), endpoint, end.port(), "tunnel " + Names.shown(tunnel.name()), end.at())));
    }

    private static Found hub(Hub hub) {
        return new Found(hub.on(), hub.endpoint(), hub.port(), "hub " + Names.shown(hub.name()), hub.at());
    }

    /** Two uses of one port on one host are told by another check. */
    private static boolean shares(Fabric fabric, Found one, Found other) {
        if (one.on().equals(other.on())) return true; // one that linkctl does not log in to, called by several hosts
        List<String> hosts = fabric.hostsOf(other.on()).stream().map(Host::name).toList();
        return fabric.hostsOf(one.on()).stream().map(Host::name).anyMatch(hosts::contains);
    }

    /** Whether two places may each have the address. */
    private static boolean isReused(Prefixes<Cidr> lans, Ip address) {
        return Bits.isReused(Cidr.host(address)) && !lans.contain(address);
    }

    private static Optional<String> site(Fabric fabric, Found found) {
        return fabric.hostsOf(found.on()).stream().map(Host::site).findFirst();
    }

    /** No NAT leads one port of one address to two hosts. */
    private void twice(Found first, Found second) {
        refusals.conflict(
                second.at(),
                "endpoint",
                second.endpoint(),
                "endpoint: '" + Names.shown(second.endpoint()) + "' with port " + second.port() + " is that of "
                        + Names.shown(second.on()) + " and of " + Names.shown(first.on()),
                "a packet to it reaches one of them; also at "
                        + new Declared(first.what(), first.at()).seenFrom(second.at()));
    }

    /** A router of its own site may pass on what is sent to its address; a host of another site is another host. */
    private void elsewhere(Fabric fabric, AddressHolders holders, Found found, Set<String> said) {
        Optional<Ip> address = found.address();
        List<Host> own = fabric.hostsOf(found.on());
        if (address.isEmpty() || own.isEmpty()) return;
        if (own.stream().anyMatch(host -> holders.of(address.get()).contains(host))) return;
        holders.of(address.get()).stream()
                .filter(host -> !host.site().equals(own.getFirst().site()))
                .filter(host -> !isOtherEnd(fabric, found, host))
                .filter(host -> said.add(found.at() + " " + found.on() + " " + address.get()))
                .findFirst()
                .ifPresent(host -> refusals.doubt(
                        found.at(),
                        "endpoint",
                        found.endpoint(),
                        "endpoint: '" + address.get() + "' is an address of " + Names.shown(host.name()) + " at site "
                                + Names.shown(host.site()),
                        "an endpoint is where " + Names.shown(found.on()) + " itself is found"));
    }

    /** That it is the other end's, or a spoke's, is told by another check. */
    private static boolean isOtherEnd(Fabric fabric, Found found, Host host) {
        return fabric.tunnels(host).stream().anyMatch(tunnel -> tunnel.touches(found.on()))
                || fabric.hubs(host).stream()
                        .anyMatch(hub -> hub.on().equals(found.on())
                                && fabric.spoke(hub, host.name()).isPresent());
    }

    /** Of a pair the spokes have to find whoever is master. */
    private void standby(Fabric fabric, Hub hub) {
        List<Host> hosts = fabric.hostsOf(hub.on());
        Optional<Ip> address = Ip.parse(hub.endpoint());
        if (address.isEmpty() || hosts.size() < 2) return;
        hosts.stream()
                .filter(host -> fabric.addresses(host).stream()
                        .anyMatch(own -> own.address().equals(address.get())))
                .findFirst()
                .ifPresent(host -> {
                    List<String> shared = fabric.of(Vip.class, host).stream()
                            .map(Vip::addresses)
                            .flatMap(List::stream)
                            .map(one -> one.address().toString())
                            .toList();
                    refusals.conflict(
                            hub.at(),
                            "endpoint",
                            hub.endpoint(),
                            "endpoint: '" + address.get() + "' is an address of " + Names.shown(host.name())
                                    + " alone, one host of the pair",
                            shared.isEmpty()
                                    ? "whoever is master is found at an address of a vip; the pair has none"
                                    : "whoever is master is found at an address of a vip: "
                                            + String.join(", ", shared));
                });
    }
}
