package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Ip;

/**
 * A peer whose endpoint is given by a name. Nothing brings its address up with the interface; the host itself asks what the name
 * stands for where there is none, and again where the peer falls silent.
 *
 * @param key the peer's public key; empty where the interface has one peer, whose key may not be known yet
 */
public record NamedEnd(String tunnel, String name, int port, String key) {
    /** Those of a host: of its tunnels, of the hubs that it is a spoke of, and of the peers that its own hubs call. */
    public static List<NamedEnd> of(Fabric fabric, Host host) {
        List<NamedEnd> out = new ArrayList<>();
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Tunnel.End far = tunnel.farFrom(host.name());
            named(tunnel.name(), far.endpoint(), far.port(), "").ifPresent(out::add);
        }
        for (Hub hub : fabric.hubs()) {
            if (fabric.spoke(hub, host.name()).isPresent())
                named(hub.name(), hub.endpoint(), hub.port(), "").ifPresent(out::add);
            else if (fabric.isHub(hub, host)) out.addAll(called(hub));
        }
        return List.copyOf(out);
    }

    private static List<NamedEnd> called(Hub hub) {
        List<NamedEnd> out = new ArrayList<>();
        for (Hub.Peer peer : hub.peers()) {
            Endpoint endpoint = peer.endpoint();
            if (endpoint != null)
                named(hub.name(), endpoint.host(), endpoint.port(), peer.publicKey())
                        .ifPresent(out::add);
        }
        return out;
    }

    private static Optional<NamedEnd> named(String tunnel, @Nullable String endpoint, int port, String key) {
        return endpoint == null || Ip.parse(endpoint).isPresent()
                ? Optional.empty()
                : Optional.of(new NamedEnd(tunnel, endpoint, port, key));
    }

    /** As the program takes it: a key may have slashes in it, and stands last. */
    public String word() {
        return tunnel + "/" + name + "/" + port + "/" + key;
    }
}
