package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Ip;

/**
 * A hub's spokes that could not be reached: of a hundred, one is always switched off, and the hub cannot wait for it. It
 * keeps the peer that it has for such a spoke; where the spoke will have to be changed, too, it is cut off until linkctl
 * reaches it, and the plan says so. A spoke has nothing to lose where its session is over; one that still speaks with the
 * hub, or whose login is an address inside the hub's network, is waited for: it might be out of reach for good.
 */
final class OfflineSpokes {
    private final WireguardEnd.Want want;
    private final WireguardFound have;

    private OfflineSpokes(WireguardEnd.Want want, WireguardFound have) {
        this.want = want;
        this.have = have;
    }

    private static boolean concerned(WireguardEnd.Want want) {
        return want.isHub() && want.peers().stream().anyMatch(WireguardEnd.Peer::isOffline);
    }

    /** What can be wanted of a hub now: the keys that it has for spokes which cannot tell theirs, and no peer where it has none. */
    static WireguardEnd settled(WireguardEnd wanted, WireguardFound have) {
        return wanted instanceof WireguardEnd.Want want ? settled(want, have) : wanted;
    }

    static WireguardEnd.Want settled(WireguardEnd.Want want, WireguardFound have) {
        if (!concerned(want)) return want;
        OfflineSpokes spokes = new OfflineSpokes(want, have);
        List<WireguardEnd.Peer> out = new ArrayList<>();
        for (WireguardEnd.Peer peer : want.peers()) {
            if (!isUnheard(peer)) out.add(peer);
            else spokes.key(peer).map(peer::with).ifPresent(out::add);
        }
        return want.with(out);
    }

    private static boolean isUnheard(WireguardEnd.Peer peer) {
        return peer.key() == null && peer.isOffline();
    }

    /** By the file that linkctl wrote, or by the peer that takes what the spoke's addresses are. */
    private Optional<String> key(WireguardEnd.Peer peer) {
        WireguardDevice device = have.device();
        Optional<String> noted = Optional.ofNullable(noted(have.conf()).get(peer.host()));
        Optional<String> running = device == null
                ? Optional.empty()
                : device.peers().stream()
                        .filter(one -> peer.addresses().stream().anyMatch(address -> takes(one, address)))
                        .map(WireguardDevice.Peer::key)
                        .findFirst();
        return noted.or(() -> running).filter(key -> want.peers().stream().noneMatch(other -> key.equals(other.key())));
    }

    private static boolean takes(WireguardDevice.Peer peer, Ip address) {
        return peer.allowed().stream().anyMatch(prefix -> prefix.contains(address));
    }

    /** The keys of a hub's file, by the hosts that stand above them ({@link PeerSection#lines}). */
    private static Map<String, String> noted(@Nullable String conf) {
        Map<String, String> out = new HashMap<>();
        String host = "";
        for (String line : conf == null ? List.<String>of() : conf.lines().toList()) {
            if (line.startsWith("[")) host = "";
            else if (line.startsWith("# ")) host = line.substring(2).strip();
            String key = line.replaceFirst("^PublicKey = ", "");
            if (!host.isEmpty() && WireguardFiles.KEY.matcher(key).matches()) out.put(host, key);
        }
        return out;
    }

    /** Whether a change that this spoke would have to follow waits for it all the same. */
    static boolean isAwaited(
            WireguardEnd.Want want, WireguardFound have, WireguardEnd.Peer peer, WireguardEnd.Far far) {
        if (!want.isHub() || !far.offline()) return true;
        WireguardDevice device = have.device();
        boolean speaks = device != null
                && device.peers().stream().anyMatch(one -> one.key().equals(peer.key()) && device.recent(one));
        return speaks || want.managedInside().contains(far.host());
    }

    /** The spokes that may be one of the peers that it has and nobody knows: these would go. */
    static Set<String> nameless(WireguardEnd.Want want, WireguardFound have) {
        WireguardDevice device = have.device();
        if (!concerned(want) || device == null) return Set.of();
        Set<String> keys = new HashSet<>();
        Set<String> hosts = new HashSet<>();
        for (WireguardEnd.Peer peer : settled(want, have).peers()) {
            if (peer.key() != null) keys.add(peer.key());
            hosts.add(peer.host());
        }
        if (device.peers().stream().allMatch(peer -> keys.contains(peer.key()))) return Set.of();
        Set<String> out = new TreeSet<>();
        want.peers().stream()
                .filter(peer -> isUnheard(peer) && !hosts.contains(peer.host()))
                .forEach(peer -> out.add(peer.host()));
        return out;
    }

    /** @param cut the spokes that will have to follow what changes now */
    static List<String> warnings(WireguardEnd.Want want, WireguardFound have, Set<String> cut) {
        if (!concerned(want)) return List.of();
        Set<String> settled = new HashSet<>();
        settled(want, have).peers().forEach(peer -> settled.add(peer.host()));
        List<String> out = new ArrayList<>();
        if (!cut.isEmpty()) {
            out.add(String.join(", ", cut) + " cannot be reached and keeps what it has of " + want.tunnel()
                    + " (the hub's old port, key or address): it stays cut off from the hub until linkctl reaches it and"
                    + " is applied there. If its login goes over " + want.tunnel()
                    + ", that is for good: then wait for it");
        }
        Set<String> fresh = new TreeSet<>();
        want.peers().stream()
                .filter(peer -> isUnheard(peer) && !settled.contains(peer.host()))
                .forEach(peer -> fresh.add(peer.host()));
        fresh.removeAll(nameless(want, have));
        if (!fresh.isEmpty()) {
            out.add(String.join(", ", fresh) + " cannot be reached, so that its public key is not known: "
                    + want.tunnel() + " gets no peer for it until linkctl reaches it");
        }
        return out;
    }
}
