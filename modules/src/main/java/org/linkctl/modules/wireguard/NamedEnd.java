package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Tunnel;
import org.linkctl.net.Ip;

/**
 * An interface of WireGuard that has one peer, whose endpoint is given by a name. wg(8) asks what the name stands for once, when
 * the endpoint is set; the host itself asks again where the peer falls silent.
 */
public record NamedEnd(String tunnel, String name, int port) {
    /** Those of a host: of its tunnels, and of the hubs that it is a spoke of. */
    public static List<NamedEnd> of(Fabric fabric, Host host) {
        List<NamedEnd> out = new ArrayList<>();
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Tunnel.End far = tunnel.farFrom(host.name());
            named(tunnel.name(), far.endpoint(), far.port()).ifPresent(out::add);
        }
        for (Hub hub : fabric.hubs()) {
            if (fabric.spoke(hub, host.name()).isPresent())
                named(hub.name(), hub.endpoint(), hub.port()).ifPresent(out::add);
        }
        return List.copyOf(out);
    }

    private static Optional<NamedEnd> named(String tunnel, @Nullable String endpoint, int port) {
        return endpoint == null || Ip.parse(endpoint).isPresent()
                ? Optional.empty()
                : Optional.of(new NamedEnd(tunnel, endpoint, port));
    }

    /** As the program takes it. */
    public String word() {
        return tunnel + "/" + name + "/" + port;
    }
}
