package org.linkctl.playbook;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Resource;

/**
 * What traffic can be led around: a tunnel, or a host with everything that ends there.
 *
 * @param name of the tunnel or the host
 * @param paths as {@link org.linkctl.spi.Scope#drained} names them
 * @param hosts the names of the hosts that send their traffic another way
 */
public record Way(String name, Set<String> paths, Set<String> hosts) {
    public Way {
        paths = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(paths));
        hosts = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(hosts));
    }

    /** One tunnel: both of its ends leave it out. */
    public static Way of(Tunnel tunnel) {
        Set<String> ends = new LinkedHashSet<>();
        tunnel.ends().forEach(end -> ends.add(end.host()));
        return new Way(tunnel.name(), Set.of(tunnel.name()), ends);
    }

    /** All tunnels that end on a host, and its part in a pair. */
    public static Way of(Fabric fabric, Host host) {
        Set<String> paths = new LinkedHashSet<>();
        Set<String> hosts = new LinkedHashSet<>(List.of(host.name()));
        for (Tunnel tunnel : fabric.tunnels(host)) {
            paths.add(tunnel.name());
            tunnel.ends().forEach(end -> hosts.add(end.host()));
        }
        fabric.pairs().stream()
                .filter(pair -> pair.hosts().contains(host.name()))
                .forEach(pair -> {
                    paths.add(Resource.through(host.name()));
                    hosts.addAll(pair.hosts());
                });
        return new Way(host.name(), paths, hosts);
    }

    /** The routes of which no tunnel is left while these paths carry nothing. */
    public static List<Route> lost(Fabric fabric, Set<String> paths) {
        return fabric.routes().stream()
                .filter(route -> !route.via().isEmpty() && paths.containsAll(route.via()))
                .toList();
    }
}
