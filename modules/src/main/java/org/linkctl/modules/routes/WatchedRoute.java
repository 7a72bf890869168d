package org.linkctl.modules.routes;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/**
 * A route whose tunnels a host watches, or has watched.
 *
 * @param watched false: it shall have no watcher
 */
public record WatchedRoute(String label, List<Peer> peers, boolean watched) {
    private static final double PAUSE = 0.7;

    /** Each question is a process; so many in a second take some percent of a processor. */
    private static final int PROCESSES = 64;

    /** The far end of a tunnel, as asked for answers. */
    public record Peer(String tunnel, Ip address) {}

    public WatchedRoute {
        peers = List.copyOf(peers);
    }

    /** All routes of a host: one without failover has no watcher, and one that it had before goes away. */
    public static List<WatchedRoute> all(Scope scope) {
        Host host = scope.host();
        return scope.fabric().routes(host).stream()
                .map(route -> new WatchedRoute(
                        route.label(),
                        scope.fabric().tunnels(route, host).stream()
                                .map(tunnel -> new Peer(tunnel.name(), far(tunnel, host)))
                                .toList(),
                        route.failover() == Route.Failover.WATCH))
                .toList();
    }

    private static Ip far(Tunnel tunnel, Host host) {
        return tunnel.farFrom(host.name()).addresses().getFirst().address();
    }

    /** A route that the inventory no longer declares. */
    public static WatchedRoute gone(String label) {
        return new WatchedRoute(label, List.of(), false);
    }

    /** What has to be there before its watcher runs. */
    public Set<String> needs() {
        if (!watched) return Set.of();
        Set<String> out = new LinkedHashSet<>(List.of("route:" + label));
        peers.forEach(peer -> out.add("tunnel:" + peer.tunnel()));
        return out;
    }

    /** The watcher's program. */
    public String program() {
        return "/usr/local/lib/linkctl/watch-" + label;
    }

    public List<String> tunnels() {
        return peers.stream().map(Peer::tunnel).toList();
    }

    /** Seconds from one question to the next: three that are missed come to less than 3 s with up to 45 tunnels. */
    public String pause() {
        return String.format(Locale.ROOT, "%.1f", Math.max(PAUSE, (double) peers.size() / PROCESSES));
    }

    /** Tunnel and far end of each, as the watcher's program takes them. */
    public List<String> targets() {
        return peers.stream().map(peer -> peer.tunnel() + "/" + peer.address()).toList();
    }
}
