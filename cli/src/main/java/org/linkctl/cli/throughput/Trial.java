package org.linkctl.cli.throughput;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Ip;

/**
 * One direction of one route, ready to be measured.
 *
 * @param target the far host's address on its LAN: reached over all tunnels of the route
 * @param alone the tunnel that is measured by itself
 * @param aloneTarget the far host's address on that tunnel: reached over it and no other
 * @param members of the sending host's bonds
 */
public record Trial(
        Route route,
        Host from,
        Host to,
        Ip target,
        Tunnel alone,
        Ip aloneTarget,
        List<String> tunnels,
        List<String> members) {
    public Trial {
        tunnels = List.copyOf(tunnels);
        members = List.copyOf(members);
    }

    /** Both directions of every route between two hosts that have an address on their LAN. */
    public static List<Trial> of(Fabric fabric) {
        List<Trial> out = new ArrayList<>();
        for (Route route : fabric.routes()) {
            for (Host from : fabric.hosts()) {
                if (!fabric.routes(from).contains(route)) continue;
                trial(fabric, route, from).ifPresent(out::add);
            }
        }
        return List.copyOf(out);
    }

    private static Optional<Trial> trial(Fabric fabric, Route route, Host from) {
        List<Tunnel> tunnels = fabric.tunnels(route, from);
        Tunnel first = tunnels.getFirst();
        Optional<Host> to = fabric.host(first.farFrom(from.name()).host());
        boolean v6 = first.farAddress(from.name(), false) == null;
        Ip aloneTarget = first.farAddress(from.name(), v6);
        Optional<Ip> target = to.flatMap(host -> fabric.lanAddress(host, v6));
        if (target.isEmpty() || aloneTarget == null) return Optional.empty();
        return Optional.of(new Trial(
                route,
                from,
                to.get(),
                target.get(),
                first,
                aloneTarget,
                tunnels.stream().map(Tunnel::name).toList(),
                fabric.bonds(from).stream()
                        .map(Bond::members)
                        .flatMap(List::stream)
                        .toList()));
    }
}
