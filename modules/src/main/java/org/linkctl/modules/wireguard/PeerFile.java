package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Endpoint;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Psk;
import org.linkctl.model.Route;
import org.linkctl.model.SecretRef;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;
import org.linkctl.net.Cidr;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Change;

/**
 * What an end that linkctl does not log in to has to be given: a file as wg-quick(8) and WireGuard's apps read it.
 *
 * @param peer its name
 * @param link the tunnel or hub, which is also the file's name there
 * @param publicKey its own
 * @param hosts whose public key it has to know; two of a pair, which have the same
 * @param address its addresses, each with its prefix length
 * @param port that it listens on; null: any
 * @param allowed what it sends over the link, and takes from it, of the families that it has addresses of
 * @param endpoint where it finds the host, with the port; null: it is called
 * @param keepalive seconds; null: it sends none
 * @param psk a pre-shared key that it has to have as well; null: none
 */
public record PeerFile(
        String fabric,
        String peer,
        String link,
        String publicKey,
        List<String> hosts,
        List<Cidr> address,
        @Nullable Integer port,
        int mtu,
        List<Cidr> allowed,
        @Nullable String endpoint,
        @Nullable Integer keepalive,
        @Nullable SecretRef psk) {
    public PeerFile {
        hosts = List.copyOf(hosts);
        address = List.copyOf(address);
        List<Cidr> own = address;
        allowed = allowed.stream()
                .filter(prefix -> own.stream().anyMatch(one -> one.isV6() == prefix.isV6()))
                .toList();
    }

    /** Those of all peers, in the order in which hubs and tunnels are declared. */
    public static List<PeerFile> all(Fabric fabric) {
        List<PeerFile> out = new ArrayList<>();
        for (Hub hub : fabric.hubs()) for (Hub.Peer peer : hub.peers()) out.add(of(fabric, hub, peer));
        for (Tunnel tunnel : fabric.tunnels()) {
            for (Tunnel.End end : tunnel.ends()) {
                Unmanaged peer = end.unmanaged();
                if (peer != null) out.add(of(fabric, tunnel, end, peer));
            }
        }
        return List.copyOf(out);
    }

    private static PeerFile of(Fabric fabric, Hub hub, Hub.Peer peer) {
        Set<Cidr> allowed = new LinkedHashSet<>(hub.networks());
        allowed.addAll(HubLans.beyond(fabric, hub, peer));
        allowed.addAll(peer.allowed());
        Endpoint endpoint = peer.endpoint();
        return new PeerFile(
                fabric.name(),
                peer.name(),
                hub.name(),
                peer.publicKey(),
                fabric.hostsOf(hub.on()).stream().map(Host::name).toList(),
                peer.addresses(),
                endpoint == null ? null : endpoint.port(),
                hub.effectiveMtu(),
                List.copyOf(allowed),
                WireguardWants.endpoint(hub.endpoint(), hub.port()),
                peer.keepalive() == null ? hub.keepalive() : peer.keepalive(),
                null);
    }

    private static PeerFile of(Fabric fabric, Tunnel tunnel, Tunnel.End end, Unmanaged peer) {
        Tunnel.End host = tunnel.farFrom(end.host());
        Set<Cidr> allowed = new LinkedHashSet<>(tunnel.transit());
        String site = peer.site();
        if (site != null) {
            for (Route route : fabric.routesAt(site)) {
                if (fabric.leadsBy(route, tunnel.name()))
                    allowed.addAll(fabric.site(route.otherThan(site)).lan());
            }
        }
        String endpoint = host.endpoint();
        return new PeerFile(
                fabric.name(),
                end.host(),
                tunnel.name(),
                peer.publicKey(),
                List.of(host.host()),
                end.addresses(),
                end.endpoint() == null ? null : end.port(),
                tunnel.effectiveMtu(),
                List.copyOf(allowed),
                endpoint == null ? null : WireguardWants.endpoint(endpoint, host.port()),
                tunnel.keepalive(),
                tunnel.psk() instanceof Psk.Given(SecretRef ref) ? ref : null);
    }

    /** The file with places to fill in where a secret belongs. */
    public String text(@Nullable String hostKey) {
        return text(hostKey, "(the private key of " + peer + ")");
    }

    /** The same with the peer's own private key, for the screen alone. */
    public Secret text(@Nullable String hostKey, Secret privateKey) {
        return new Secret(text(hostKey, privateKey.reveal().strip()));
    }

    /** Whether a private key is the one whose public key the inventory has; empty where it is no key at all. */
    public Optional<Boolean> fits(Secret privateKey) {
        return PublicKeys.of(privateKey).map(publicKey::equals);
    }

    private String text(@Nullable String hostKey, String privateKey) {
        List<String> out = new ArrayList<>();
        out.add("# " + link + " of " + fabric + ", for " + peer + " with the public key " + publicKey);
        out.add("[Interface]");
        out.add("PrivateKey = " + privateKey);
        out.add("Address = " + joined(address));
        if (port != null) out.add("ListenPort = " + port);
        out.add("MTU = " + mtu);
        out.add("");
        out.add("[Peer]");
        out.add("# " + String.join(", ", hosts));
        out.add("PublicKey = " + (hostKey == null ? Change.UNKNOWN : hostKey));
        if (psk != null) out.add("PresharedKey = (what " + psk + " says)");
        out.add("AllowedIPs = " + joined(allowed));
        if (endpoint != null) out.add("Endpoint = " + endpoint);
        if (keepalive != null) out.add("PersistentKeepalive = " + keepalive);
        return String.join("\n", out) + "\n";
    }

    private static String joined(List<Cidr> all) {
        return all.stream().map(Cidr::toString).collect(Collectors.joining(", "));
    }
}
