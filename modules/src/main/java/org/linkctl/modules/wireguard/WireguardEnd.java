package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Hub;
import org.linkctl.model.Os;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;

/** A host's end of a tunnel, or of what is between a hub and its spokes, or that there is none any more. */
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
     * A far end, as seen from here.
     *
     * @param host whose it is, or the pair
     * @param key its public key; null while it is not known
     * @param allowed what may come from it and goes to it: the tunnel's own prefixes, and the LANs of the far sites
     * @param endpoint address or name, and port; null where it calls us
     * @param keepalive seconds; null: none are sent
     * @param addresses its own on the tunnel, for {@code linkctl verify}
     * @param far the hosts there: two where a pair answers, none where linkctl does not log in to it
     */
    public record Peer(
            String host,
            @Nullable String key,
            List<Cidr> allowed,
            @Nullable String endpoint,
            @Nullable Integer keepalive,
            List<Ip> addresses,
            List<Far> far) {
        public Peer {
            far = List.copyOf(far);
            allowed = List.copyOf(allowed);
            addresses = List.copyOf(addresses);
        }

        boolean isOffline() {
            return !isUnmanaged() && far.stream().allMatch(Far::offline);
        }

        /** What its endpoint is given by, without the port; null where that is an address, or there is none. */
        @Nullable
        String endpointName() {
            if (endpoint == null) return null;
            String given = endpoint.substring(0, endpoint.lastIndexOf(':')).replaceAll("^\\[|]$", "");
            return Ip.parse(given).isPresent() ? null : given;
        }

        /** linkctl does not log in to it. */
        boolean isUnmanaged() {
            return far.isEmpty();
        }

        /** The same, with this key. */
        Peer with(String publicKey) {
            return new Peer(host, publicKey, allowed, endpoint, keepalive, addresses, far);
        }
    }

    /**
     * A host at a far end.
     *
     * @param told what runs there, as it told: {@link FarView}; null while that is not known
     * @param uses the pre-shared key that it runs with, where it told
     * @param offline it could not be reached
     */
    public record Far(
            String host, @Nullable String told, @Nullable Secret uses, boolean offline) {
        static Far of(Scope scope, String host, String tunnel) {
            Secret uses = scope.published()
                    .hidden(host, WireguardFiles.publishedUse(tunnel))
                    .map(Secret::line)
                    .orElse(null);
            boolean offline = scope.published().offline().contains(host);
            return new Far(host, FarView.told(scope, host, tunnel), uses, offline);
        }

        /** Read only where something differs: a spoke's hub tells of all its spokes. */
        @Nullable
        FarView view() {
            return FarView.understood(told);
        }
    }

    /** What an interface is to its peers. */
    public enum Part {
        /** One of the two ends of a tunnel. */
        END,
        /** It calls a hub. */
        SPOKE,
        /** It is called by each of its peers. */
        HUB,
        /** The same, with another host that answers instead when this one stands by. */
        SHARED_HUB
    }

    /**
     * The near end.
     *
     * @param fabric whose tunnel it is
     * @param port that it listens on; null: any
     * @param key what is wanted of the private key
     * @param psk what is wanted of the file with the pre-shared key, of a tunnel's only peer
     * @param routes the labels of the routes that go over the tunnel
     * @param vips by which a {@link Part#SHARED_HUB} is called
     * @param needs what has to be in place before
     * @param called far ends have its port in their configuration
     * @param clones what is wrong with the keys that hosts tell; empty: nothing
     * @param managedInside the spokes of a hub whose ssh address is in the hub's network
     */
    public record Want(
            Os os,
            String fabric,
            String tunnel,
            Part part,
            @Nullable Integer port,
            List<Cidr> addresses,
            int mtu,
            List<Peer> peers,
            KeyWant key,
            PskWant psk,
            List<String> routes,
            List<Vip> vips,
            Set<String> needs,
            boolean called,
            List<String> clones,
            Set<String> managedInside)
            implements WireguardEnd {
        public Want {
            managedInside = Set.copyOf(managedInside);
            clones = List.copyOf(clones);
            addresses = List.copyOf(addresses);
            peers = List.copyOf(peers);
            routes = List.copyOf(routes);
            vips = List.copyOf(vips);
            needs = Set.copyOf(needs);
        }

        @Override
        public Set<String> provides() {
            return Set.of("interface:" + tunnel, "tunnel:" + tunnel);
        }

        /** A hub is no path between two hosts that traffic could be kept off. */
        @Override
        public Optional<String> way() {
            return part == Part.END ? Optional.of(tunnel) : Optional.empty();
        }

        @Override
        public List<String> unknowns() {
            List<String> out = new ArrayList<>(psk.unknowns());
            out.addAll(key.unknowns());
            for (Peer peer : peers) {
                // A hub goes on without a spoke that nobody can reach: OfflineSpokes.
                boolean waits = peer.key() == null && !(isHub() && peer.isOffline());
                if (waits) out.add("the public key of " + tunnel + " on " + peer.host());
            }
            return List.copyOf(out);
        }

        @Override
        public List<SecretRef> secrets() {
            List<SecretRef> out = new ArrayList<>(psk.secrets());
            out.addAll(key.secrets());
            return List.copyOf(out);
        }

        @Override
        public Set<String> partners() {
            Set<String> out = new LinkedHashSet<>(psk.partners());
            out.addAll(key.partners());
            return Set.copyOf(out);
        }

        /** The same with other peers. */
        Want with(List<Peer> others) {
            return new Want(
                    os,
                    fabric,
                    tunnel,
                    part,
                    port,
                    addresses,
                    mtu,
                    others,
                    key,
                    psk,
                    routes,
                    vips,
                    needs,
                    called,
                    clones,
                    managedInside);
        }

        public boolean usesPsk() {
            return psk.role() != PskWant.Role.NONE;
        }

        public boolean isHub() {
            return part == Part.HUB || part == Part.SHARED_HUB;
        }

        /** How messages name what is between this end and a peer. */
        String towards(Peer peer) {
            return isHub() ? tunnel + " " + peer.host() : tunnel;
        }
    }

    /** That a tunnel which a host remembers is there no more. */
    static Gone gone(Scope scope, Owned owned) {
        String port = owned.memory().value("port").orElse("");
        boolean yields = Stream.concat(
                        scope.fabric().tunnels(scope.host()).stream()
                                .map(tunnel -> tunnel.endOn(scope.host().name()).port()),
                        scope.fabric().hubs(scope.host()).stream()
                                .filter(hub -> scope.fabric().isHub(hub, scope.host()))
                                .map(Hub::port))
                .anyMatch(wanted -> wanted.toString().equals(port));
        return new Gone(scope.host().os(), owned.name(), yields);
    }
}
