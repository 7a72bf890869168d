package org.linkctl.check;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Ip;

/** Tunnels that go through each other: the packets of each wait for another one, and nothing ever leaves the host. */
final class EndpointCycles {
    private final Refusals refusals;

    EndpointCycles(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Host host : fabric.hosts()) {
            Map<String, Tunnel> beneath = new LinkedHashMap<>();
            for (Tunnel tunnel : fabric.tunnels(host)) {
                beneath(fabric, host, tunnel).ifPresent(other -> beneath.put(tunnel.name(), other));
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
    private static Optional<Tunnel> beneath(Fabric fabric, Host host, Tunnel tunnel) {
        if (!isWhole(tunnel)) return Optional.empty();
        String endpoint = tunnel.farFrom(host.name()).endpoint();
        Optional<Ip> far = Optional.ofNullable(endpoint).flatMap(Ip::parse);
        if (far.isEmpty()) return Optional.empty();
        List<Tunnel> by = fabric.tunnels(host).stream()
                .filter(other -> !other.name().equals(tunnel.name()) && isWhole(other))
                .filter(other -> leads(fabric, host, other, far.get()))
                .toList();
        return by.size() == 1 ? Optional.of(by.getFirst()) : Optional.empty();
    }

    private static boolean isWhole(Tunnel tunnel) {
        return tunnel.ends().stream().map(Tunnel.End::host).distinct().count() == 2;
    }

    private static boolean leads(Fabric fabric, Host host, Tunnel tunnel, Ip address) {
        Stream<Route> routes = fabric.routes().stream()
                .filter(route -> RouteChecks.carrying(fabric, host, route).contains(tunnel.name()));
        return tunnel.transit().stream().anyMatch(net -> net.contains(address))
                || routes.flatMap(route -> fabric.farLans(route, host).stream()).anyMatch(lan -> lan.contains(address));
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
