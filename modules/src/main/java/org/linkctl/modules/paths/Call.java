package org.linkctl.modules.paths;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Ip;

/**
 * One end of a tunnel or a hub that is called by another.
 *
 * @param link the name of the interface at both
 * @param from the host that calls; null: an end that linkctl does not log in to
 * @param to the hosts that may answer, two of a pair; none: an end that linkctl does not log in to
 * @param endpoint an address or a name
 * @param port UDP
 * @param mtu of the tunnel
 * @param keepalive of the one that calls, seconds; null: none
 * @param back whether the other end calls, too
 */
record Call(
        String link,
        @Nullable String from,
        List<String> to,
        String endpoint,
        int port,
        int mtu,
        @Nullable Integer keepalive,
        boolean back) {
    /** All calls of a fabric, as declared. */
    static List<Call> all(Fabric fabric) {
        List<Call> out = new ArrayList<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            tunnel(tunnel, tunnel.ends().getFirst(), tunnel.ends().getLast(), out);
            tunnel(tunnel, tunnel.ends().getLast(), tunnel.ends().getFirst(), out);
        }
        for (Hub hub : fabric.hubs()) hub(fabric, hub, out);
        return out;
    }

    private static void tunnel(Tunnel tunnel, Tunnel.End from, Tunnel.End to, List<Call> out) {
        String endpoint = to.endpoint();
        if (endpoint == null) return;
        out.add(new Call(
                tunnel.name(),
                from.unmanaged() == null ? from.host() : null,
                to.unmanaged() == null ? List.of(to.host()) : List.of(),
                endpoint,
                to.port(),
                tunnel.effectiveMtu(),
                tunnel.keepalive(),
                from.endpoint() != null));
    }

    private static void hub(Fabric fabric, Hub hub, List<Call> out) {
        List<String> at = fabric.hostsOf(hub.on()).stream().map(Host::name).toList();
        for (Hub.Spoke spoke : hub.spokes()) {
            out.add(new Call(
                    hub.name(),
                    spoke.host(),
                    at,
                    hub.endpoint(),
                    hub.port(),
                    hub.effectiveMtu(),
                    hub.keepalive(),
                    false));
        }
        for (Hub.Peer peer : hub.peers()) {
            out.add(new Call(
                    hub.name(), null, at, hub.endpoint(), hub.port(), hub.effectiveMtu(), peer.keepalive(), false));
            var endpoint = peer.endpoint();
            if (endpoint == null) continue;
            for (String host : at) {
                out.add(new Call(
                        hub.name(),
                        host,
                        List.of(),
                        endpoint.host(),
                        endpoint.port(),
                        hub.effectiveMtu(),
                        peer.keepalive(),
                        true));
            }
        }
    }

    static List<Call> from(Fabric fabric, Host host) {
        return all(fabric).stream()
                .filter(call -> host.name().equals(call.from()))
                .toList();
    }

    static List<Call> to(Fabric fabric, Host host) {
        return all(fabric).stream()
                .filter(call -> call.to().contains(host.name()))
                .toList();
    }

    /** The ways to ping its endpoint: one of its family, or of a name one of each. */
    List<Way> ways(Os os) {
        return Ip.parse(endpoint)
                .map(ip -> List.of(new Way(ip.isV6(), List.of(ip.text()))))
                .orElseGet(
                        () -> List.of(new Way(false, List.of("-4", endpoint)), new Way(true, List.of("-6", endpoint))));
    }

    /**
     * A way to ping.
     *
     * @param to the last words of ping(8)
     */
    record Way(boolean v6, List<String> to) {
        /** The IP header and that of ICMP. */
        int headers() {
            return v6 ? 48 : 28;
        }

        String family() {
            return v6 ? "IPv6" : "IPv4";
        }
    }
}
