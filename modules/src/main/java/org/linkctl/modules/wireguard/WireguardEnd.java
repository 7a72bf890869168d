package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** A tunnel's end on a host, or that there is none any more. */
public sealed interface WireguardEnd extends Resource {
    Os os();

    String tunnel();

    @Override
    default String id() {
        return WireguardFiles.module(os(), "wireguard") + "[" + tunnel() + "]";
    }

    /**
     * Service, interface and file shall be there no more.
     *
     * @param yields another tunnel wants its port: it cannot wait until nothing is sent over it
     */
    public record Gone(Os os, String tunnel, boolean yields) implements WireguardEnd {
        @Override
        public Optional<String> way() {
            return yields ? Optional.empty() : Optional.of(tunnel);
        }
    }

    /**
     * The far end, as seen from here.
     *
     * @param key its public key; null while it is not known
     * @param allowed what may come from it and goes to it: the tunnel's own prefixes, and the LANs of the far sites
     * @param endpoint address or name, and port; null where it calls us
     * @param keepalive seconds; null: none are sent
     */
    public record Peer(
            String host,
            @Nullable String key,
            List<Cidr> allowed,
            @Nullable String endpoint,
            @Nullable Integer keepalive) {
        public Peer {
            allowed = List.copyOf(allowed);
        }
    }

    /**
     * The near end.
     *
     * @param fabric whose tunnel it is
     * @param renewal null where the private key may stay
     * @param psk what is wanted of the file with the pre-shared key
     * @param routes the labels of the routes that go over the tunnel
     * @param farAddresses the peer's addresses on the tunnel, for {@code linkctl verify}
     * @param needs what has to be in place before
     */
    public record Want(
            Os os,
            String fabric,
            String tunnel,
            int port,
            List<Cidr> addresses,
            int mtu,
            Peer peer,
            KeyModule.@Nullable Renewal renewal,
            PskModule.Want psk,
            List<String> routes,
            List<Ip> farAddresses,
            Set<String> needs)
            implements WireguardEnd {
        public Want {
            addresses = List.copyOf(addresses);
            routes = List.copyOf(routes);
            farAddresses = List.copyOf(farAddresses);
            needs = Set.copyOf(needs);
        }

        @Override
        public Set<String> provides() {
            return Set.of("interface:" + tunnel, "tunnel:" + tunnel);
        }

        @Override
        public Optional<String> way() {
            return Optional.of(tunnel);
        }

        @Override
        public List<String> unknowns() {
            List<String> out = new ArrayList<>(psk.unknowns());
            if (peer.key() == null) out.add("the public key of " + tunnel + " on " + peer.host());
            return List.copyOf(out);
        }

        @Override
        public List<SecretRef> secrets() {
            return psk.secrets();
        }

        @Override
        public Set<String> partners() {
            Set<String> out = new LinkedHashSet<>(psk.partners());
            if (renewal != null) out.add(renewal.far());
            return Set.copyOf(out);
        }

        public boolean usesPsk() {
            return psk.role() != PskModule.Role.NONE;
        }
    }

    /** That a tunnel which a host remembers is there no more. */
    static Gone gone(Scope scope, Owned owned) {
        String port = owned.memory().value("port").orElse("");
        boolean yields = scope.fabric().tunnels(scope.host()).stream()
                .map(tunnel -> tunnel.endOn(scope.host().name()).port())
                .anyMatch(wanted -> wanted.toString().equals(port));
        return new Gone(scope.host().os(), owned.name(), yields);
    }
}
