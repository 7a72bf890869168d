package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Prefixes;

/** Tunnels that go through each other: the packets of each wait for another one, and nothing ever leaves the host. */
final class EndpointCycles {
    private final Refusals refusals;

    EndpointCycles(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            Map<String, Tunnel> beneath = new LinkedHashMap<>();
            Prefixes<List<Integer>> ways = ways(fabric, host);
            for (Tunnel tunnel : fabric.tunnels(host)) {
                beneath(fabric.tunnels(host), ways, host, tunnel).ifPresent(other -> beneath.put(tunnel.name(), other));
            }
            Set<String> said = new HashSet<>();
            for (Tunnel tunnel : fabric.tunnels(host)) {
                if (said.contains(tunnel.name()) || !isOnCycle(beneath, tunnel.name())) continue;
                String name = tunnel.name();
                while (said.add(name))
                    name = Objects.requireNonNull(beneath.get(name)).name();
                refuse(host, tunnel, Objects.requireNonNull(beneath.get(tunnel.name())));
            }
        }
    }

    private static boolean isOnCycle(Map<String, Tunnel> beneath, String start) {
        Set<String> seen = new HashSet<>();
        @Nullable Tunnel next = beneath.get(start);
        while (next != null && seen.add(next.name())) {
            if (next.name().equals(start)) return true;
            next = beneath.get(next.name());
        }
        return false;
    }

    /** The other tunnel of this host by which its packets to the far end of this one go, where it is one only. */
    private static Optional<Tunnel> beneath(List<Tunnel> all, Prefixes<List<Integer>> ways, Host host, Tunnel tunnel) {
        if (!isWhole(tunnel)) return Optional.empty();
        String endpoint = tunnel.farFrom(host.name()).endpoint();
        Optional<Ip> far = Optional.ofNullable(endpoint).flatMap(Ip::parse);
        if (far.isEmpty()) return Optional.empty();
        List<Tunnel> by = ways.containing(far.get()).stream()
                .flatMap(List::stream)
                .distinct()
                .map(all::get)
                .filter(other -> !other.name().equals(tunnel.name()))
                .limit(2)
                .toList();
        return by.size() == 1 ? Optional.of(by.getFirst()) : Optional.empty();
    }

    private static boolean isWhole(Tunnel tunnel) {
        return tunnel.ends().stream().map(Tunnel.End::host).distinct().count() == 2;
    }

    /** By which of its tunnels, as they are counted, a host sends to addresses: those of the tunnels themselves, and the LANs of routes over them. */
    private static Prefixes<List<Integer>> ways(Fabric fabric, Host host) {
        Prefixes<List<Integer>> out = new Prefixes<>();
        Map<String, List<Integer>> byName = new HashMap<>();
        List<Tunnel> all = fabric.tunnels(host);
        for (int i = 0; i < all.size(); i++) {
            if (!isWhole(all.get(i))) continue;
            byName.computeIfAbsent(all.get(i).name(), _ -> new ArrayList<>()).add(i);
            for (Cidr net : all.get(i).transit()) out.add(net, List.of(i));
        }
        for (Route route : fabric.routesAt(host.site())) {
            List<Integer> carrying = RouteChecks.carrying(fabric, host, route).stream()
                    .distinct()
                    .flatMap(name -> byName.getOrDefault(name, List.of()).stream())
                    .toList();
            if (carrying.isEmpty()) continue;
            for (Cidr lan : fabric.farLans(route, host)) out.add(lan, carrying);
        }
        return out;
    }

    private void refuse(Host host, Tunnel tunnel, Tunnel other) {
        Tunnel.End far = tunnel.farFrom(host.name());
        refusals.conflict(
                far.at(),
                "endpoint",
                Objects.requireNonNullElse(far.endpoint(), ""),
                "endpoint: '" + far.endpoint() + "' is reached through tunnel '" + Names.shown(other.name())
                        + "', which itself goes through '" + Names.shown(tunnel.name()) + "'",
                "on " + Names.shown(host.name()) + " the packets of each would go into the other; declared at "
                        + new Declared("tunnel " + Names.shown(other.name()), other.at()).seenFrom(far.at()));
    }
}
