package org.linkctl.cli.imported;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Peer;
import org.linkctl.spi.Found.Wireguard;

/** The interfaces of WireGuard of all hosts, found by their public keys, and what their peers are called. */
final class WireguardEnds {
    private static final int LONGEST = 63;

    /** An interface on its host. */
    record End(ImportedHost host, Wireguard device) {
        @Override
        public String toString() {
            return device.name() + " on " + host.name();
        }

        Peer only() {
            return device.peers().getFirst();
        }

        /** What a peer may send and is sent, beside the networks of the interface itself. */
        Set<Cidr> behind(Peer peer) {
            Set<Cidr> out = new TreeSet<>();
            for (Cidr one : peer.allowed())
                if (device.networks().stream().noneMatch(net -> net.contains(one))) out.add(one);
            return out;
        }

        Optional<Peer> peer(String key) {
            return device.peers().stream().filter(one -> one.key().equals(key)).findFirst();
        }
    }

    private final Map<String, End> byKey = new LinkedHashMap<>();
    private final Map<String, End> copies = new LinkedHashMap<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final Map<String, String> names = new HashMap<>();

    WireguardEnds(List<ImportedHost> hosts) {
        for (ImportedHost host : hosts) {
            taken.add(host.name());
            host.of(Found.Wireguard.class).forEach(device -> {
                End end = new End(host, device);
                End first = byKey.putIfAbsent(device.publicKey(), end);
                if (first != null) copies.put(end.toString(), first);
            });
        }
    }

    /** Whose key it is; null where no imported host has it. */
    @Nullable
    End of(String key) {
        return byKey.get(key);
    }

    /** Another interface with the same key; null: it has a key of its own. */
    @Nullable
    End copied(End end) {
        End first = copies.get(end.toString());
        if (first != null) return first;
        return copies.entrySet().stream()
                .filter(one -> one.getValue().toString().equals(end.toString()))
                .map(one -> end)
                .findFirst()
                .orElse(null);
    }

    /** A name for a peer that is no host: what its file calls it, or one that nothing else has. */
    String name(Peer peer) {
        return names.computeIfAbsent(peer.key(), any -> unused(peer.label()));
    }

    private String unused(String label) {
        String base = label.isEmpty() ? "peer" : label.substring(0, Math.min(label.length(), LONGEST - 4));
        String name = label.isEmpty() ? base + "1" : base;
        for (int i = 2; !taken.add(name); i++) name = base + (label.isEmpty() ? "" : "-") + i;
        return name;
    }
}
