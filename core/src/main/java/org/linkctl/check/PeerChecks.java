package org.linkctl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Psk;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Unmanaged;

/** Ends that linkctl does not log in to: phones, routers of others. */
final class PeerChecks {
    /** 32 bytes in base64 (wg(8)): 43 digits, the last of which holds four bits, and one pad. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=");
    /** No private key has it, and no handshake with it succeeds (RFC 7748, section 6.1). */
    private static final String ZERO = "A".repeat(43) + "=";

    private static final String NAME_RULE = "letters, digits and _ . -, the first a letter or a digit, 63 at most";

    /** @param key of WireGuard, as it is declared */
    private record Named(String name, String key, Place at) {}

    private final Refusals refusals;

    PeerChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        List<Named> all = new ArrayList<>();
        for (Hub hub : fabric.hubs()) {
            Map<String, Hub.Peer> names = new HashMap<>();
            for (Hub.Peer peer : hub.peers()) {
                all.add(new Named(peer.name(), peer.publicKey(), peer.at()));
                Hub.Peer first = names.putIfAbsent(peer.name(), peer);
                if (first != null) {
                    String what = "hub '" + Names.shown(hub.name()) + "' has " + Names.shown(peer.name());
                    refusals.conflict(
                            peer.at(), "name", peer.name(), what + " as a peer twice", "also at " + first.at());
                }
                peer(fabric, hub, peer);
            }
        }
        for (Tunnel tunnel : fabric.tunnels()) {
            for (Tunnel.End end : tunnel.ends()) {
                Unmanaged peer = end.unmanaged();
                if (peer == null) continue;
                all.add(new Named(end.host(), peer.publicKey(), end.at()));
                end(fabric, tunnel, end, peer);
            }
        }
        for (Named named : all) named(fabric, named);
        keys(all);
    }

    private void named(Fabric fabric, Named named) {
        String quoted = "'" + Names.shown(named.name()) + "'";
        if (!Names.isName(named.name())) {
            refusals.value(named.at(), "name", named.name(), quoted + " is no name for a peer", NAME_RULE);
        }
        fabric.host(named.name())
                .map(Host::at)
                .ifPresent(host -> refusals.conflict(
                        named.at(),
                        "name",
                        named.name(),
                        quoted + " is a host, and no peer",
                        "a peer is an end that linkctl does not log in to; the host is declared at " + host));
        fabric.pairs().stream()
                .filter(pair -> pair.name().equals(named.name()))
                .map(Pair::at)
                .findFirst()
                .ifPresent(pair -> refusals.conflict(
                        named.at(), "name", named.name(), quoted + " is a pair, and no peer", "declared at " + pair));
        if (!KEY.matcher(named.key()).matches() || named.key().equals(ZERO)) {
            refusals.value(
                    named.at(),
                    "publicKey",
                    named.key(),
                    "publicKey: '" + Names.shown(named.key()) + "' is no public key of WireGuard",
                    "32 bytes in base64, not all of them zero: 44 characters as `wg pubkey` prints them");
        }
    }

    /** A key is one machine's: with two peers of one key the last one gets what both are allowed (wg(8)). */
    private void keys(List<Named> all) {
        Map<String, Named> seen = new HashMap<>();
        for (Named one : all) {
            Named first = seen.putIfAbsent(one.key(), one);
            if (first == null || !KEY.matcher(one.key()).matches()) continue;
            if (first.name().equals(one.name())) continue; // one machine, with several tunnels
            refusals.conflict(
                    one.at(),
                    "publicKey",
                    one.key(),
                    "publicKey: that of " + Names.shown(one.name()) + " is also that of " + Names.shown(first.name()),
                    "each has a key pair of its own; also at " + first.at());
        }
    }

    private void peer(Fabric fabric, Hub hub, Hub.Peer peer) {
        Integer keepalive = peer.keepalive();
        if (keepalive != null) refusals.range(peer.at(), "keepalive", keepalive, 1, 65_535, "seconds");
        if (peer.endpoint() == null || fabric.hostsOf(hub.on()).size() < 2) return;
        refusals.conflict(
                peer.at(),
                "endpoint",
                "",
                "endpoint: of a peer of hub '" + Names.shown(hub.name()) + "', which is on a pair",
                "the host that stands by would call it, too, and take its session: it has to call; leave endpoint:"
                        + " out");
    }

    private void end(Fabric fabric, Tunnel tunnel, Tunnel.End end, Unmanaged peer) {
        if (tunnel.psk() instanceof Psk.Made) {
            refusals.conflict(
                    tunnel.at(),
                    "psk",
                    "",
                    "psk: true of tunnel '" + Names.shown(tunnel.name()) + "', whose other end is a peer",
                    "linkctl does not log in to it to bring it a key: psk: secret('...'), and give the peer the same");
        }
        String site = peer.site();
        if (site == null) return;
        if (!fabric.hasSite(site)) {
            refusals.unknown(
                    end.at(),
                    "site",
                    "site",
                    site,
                    fabric.sites().stream().map(Site::name).distinct().toList());
            return;
        }
        for (Tunnel.End other : tunnel.ends()) {
            boolean same = fabric.host(other.host())
                    .filter(host -> host.site().equals(site))
                    .isPresent();
            if (!same || other.unmanaged() != null) continue;
            String summary = "site: '" + Names.shown(site) + "' is that of " + Names.shown(other.host())
                    + ", the other end of the tunnel";
            refusals.conflict(end.at(), "site", site, summary, "the LANs behind the peer are those of another site");
        }
    }
}
