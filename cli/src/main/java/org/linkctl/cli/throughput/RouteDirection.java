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
 * One direction of a route, ready to be measured.
 *
 * @param target the far host's address on its LAN, reached over all tunnels of the route
 * @param ways each tunnel by itself; the first is measured alone
 */
public record RouteDirection(Route route, Host from, Host to, Ip target, List<Way> ways, List<Bond> bonds) {
    /**
     * One tunnel of the route.
     *
     * @param target the far host's address on that tunnel: reached over it and no other
     */
    public record Way(Tunnel tunnel, Ip target) {}

    public RouteDirection {
        ways = List.copyOf(ways);
        bonds = List.copyOf(bonds);
    }

    List<String> tunnels() {
        return ways.stream().map(way -> way.tunnel().name()).toList();
    }

    /** Of the sending host's bonds. */
    List<String> members() {
        return bonds.stream().map(Bond::members).flatMap(List::stream).toList();
    }

    /** Both directions of every route between two hosts that have an address on their LAN. */
    public static List<RouteDirection> of(Fabric fabric) {
        List<RouteDirection> out = new ArrayList<>();
        for (Route route : fabric.routes()) {
            for (Host from : fabric.hosts()) {
                if (!fabric.routes(from).contains(route)) continue;
                trial(fabric, route, from).ifPresent(out::add);
            }
        }
        return List.copyOf(out);
    }

    private static Optional<RouteDirection> trial(Fabric fabric, Route route, Host from) {
        List<Tunnel> all = fabric.tunnels(route, from);
        int least =
                all.stream().mapToInt(tunnel -> route.rank(tunnel.name())).min().orElseThrow();
        // Those that stand by carry nothing.
        List<Tunnel> tunnels = all.stream()
                .filter(tunnel -> route.rank(tunnel.name()) == least)
                .toList();
        Tunnel first = tunnels.getFirst();
        boolean v6 = first.farAddress(from.name(), false) == null;
        List<Way> ways = new ArrayList<>();
        for (Tunnel tunnel : tunnels) {
            Ip far = tunnel.farAddress(from.name(), v6);
            if (far != null) ways.add(new Way(tunnel, far));
        }
        if (ways.isEmpty()) return Optional.empty();
        return fabric.host(first.farFrom(from.name()).host())
                .flatMap(to -> fabric.lanAddress(to, v6)
                        .map(target -> new RouteDirection(route, from, to, target, ways, fabric.of(Bond.class, from))));
    }
}
