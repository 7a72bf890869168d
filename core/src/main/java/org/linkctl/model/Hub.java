package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * A WireGuard interface that several hosts call, each with one peer of its own there. The callers, its spokes, know the
 * hub alone. Its peers are the same without linkctl: it does not log in to them.
 *
 * @param name of the interface, on all of these hosts
 * @param on a host, or a pair: then both hosts have the same key and addresses, and whoever is called answers
 * @param port UDP port it listens on
 * @param addresses of the interface there, one for each address family, with the prefix length of the whole
 * @param endpoint where the spokes find it, an address or a name
 * @param key its private key, a secret of the user's; null: it is made on the host
 * @param keepalive seconds between the spokes' keepalives (wg(8) PersistentKeepalive); null: they send none
 * @param mtu bytes; null: {@link Tunnel#DEFAULT_MTU}
 */
public record Hub(
        String name,
        String on,
        int port,
        List<Cidr> addresses,
        String endpoint,
        @Nullable SecretRef key,
        @Nullable Integer keepalive,
        @Nullable Integer mtu,
        List<Spoke> spokes,
        List<Peer> peers,
        Place at)
        implements Intent {
    /**
     * A host that calls the hub.
     *
     * @param addresses of the interface there, each with the hub's prefix length
     * @param lan what lives behind it, beside that of its site; {@link HubLans} joins the two
     * @param siteLan the LAN of its site is behind it
     */
    public record Spoke(String host, List<Cidr> addresses, List<Cidr> lan, boolean siteLan, Place at) {
        public Spoke {
            addresses = List.copyOf(addresses);
            lan = List.copyOf(lan);
        }

        /** One without a LAN behind it. */
        public Spoke(String host, List<Cidr> addresses, Place at) {
            this(host, addresses, List.of(), false, at);
        }

        /** Its addresses alone: what may come from it. */
        public List<Cidr> single() {
            return addresses.stream().map(Cidr::address).map(Cidr::host).toList();
        }

        /** Its address of that family, where it has one. */
        public @Nullable Ip address(boolean v6) {
            return addresses.stream()
                    .filter(address -> address.isV6() == v6)
                    .map(Cidr::address)
                    .findFirst()
                    .orElse(null);
        }
    }

    /**
     * An end that linkctl does not log in to: a phone, a vendor's router.
     *
     * @param publicKey its own, 44 base64 characters
     * @param addresses of its interface, each with the hub's prefix length
     * @param endpoint where the hub finds it; null: it calls
     * @param keepalive seconds between its keepalives, and, where the hub calls it, the hub's to it; null: the hub's own
     * @param allowed what it sends over the hub, beside the hub's network: for its configuration alone
     * @param lan what lives behind it
     */
    public record Peer(
            String name,
            String publicKey,
            List<Cidr> addresses,
            @Nullable Endpoint endpoint,
            @Nullable Integer keepalive,
            List<Cidr> allowed,
            List<Cidr> lan,
            Place at) {
        public Peer {
            addresses = List.copyOf(addresses);
            allowed = List.copyOf(allowed);
            lan = List.copyOf(lan);
        }

        /** Its addresses alone: what may come from it. */
        public List<Cidr> single() {
            return addresses.stream().map(Cidr::address).map(Cidr::host).toList();
        }
    }

    public Hub {
        peers = List.copyOf(peers);
        addresses = List.copyOf(addresses);
        spokes = List.copyOf(spokes);
    }

    public int effectiveMtu() {
        return mtu == null ? Tunnel.DEFAULT_MTU : mtu;
    }

    /** Its prefixes: one for each address family. */
    public List<Cidr> networks() {
        return addresses.stream().map(Cidr::network).toList();
    }
}
