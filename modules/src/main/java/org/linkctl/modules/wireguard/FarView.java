package org.linkctl.modules.wireguard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * What runs at the other end of a tunnel, as its host told: with it a change here can be seen to fit what is there
 * already, or to need a change there, too.
 *
 * @param absent there is no such interface
 * @param key the public key it runs with; null: none
 * @param port UDP port it listens on
 * @param addresses its own on the tunnel
 */
public record FarView(boolean absent, @Nullable String key, int port, List<Ip> addresses, List<Peer> peers) {
    /**
     * One of its peers.
     *
     * @param port of the endpoint; 0: it has none
     */
    public record Peer(String key, WireguardDevice.Psk psk, int port, List<Cidr> allowed) {
        public Peer {
            allowed = List.copyOf(allowed);
        }

        boolean takes(Cidr address) {
            return allowed.stream().anyMatch(prefix -> prefix.contains(address.address()));
        }
    }

    static final FarView ABSENT = new FarView(true, null, 0, List.of(), List.of());

    private static final String NONE = "none";

    public FarView {
        addresses = List.copyOf(addresses);
        peers = List.copyOf(peers);
    }

    /** Null where the host did not tell: it was not asked, could not be reached, or was not understood. */
    static @Nullable String told(Scope scope, String host, String tunnel) {
        return scope.published()
                .plain(host, WireguardFiles.publishedLive(tunnel))
                .orElse(null);
    }

    /** Whether a spoke takes from its hub what comes from anywhere; empty where it did not tell. */
    public static Optional<Boolean> takesEverything(Scope scope, String host, String hub, boolean v6) {
        FarView view = understood(told(scope, host, hub));
        return Optional.ofNullable(view)
                .map(there -> there.peers().stream()
                        .flatMap(peer -> peer.allowed().stream())
                        .anyMatch(prefix -> prefix.length() == 0 && prefix.isV6() == v6));
    }

    /** What runs here; empty where it cannot be read. */
    static Optional<FarView> of(WireguardFound have) {
        WireguardDevice device = have.device();
        if (device == null) return Optional.of(ABSENT);
        if (device.refusal() != null) return Optional.empty();
        List<Peer> peers = device.peers().stream()
                .map(peer -> new Peer(
                        peer.key(),
                        peer.psk(),
                        peer.endpoint() == null ? 0 : peer.endpoint().port(),
                        List.copyOf(new TreeSet<>(peer.allowed()))))
                .toList();
        List<Ip> addresses =
                device.link().addresses().stream().map(Cidr::address).toList();
        return Optional.of(new FarView(false, have.key().running(), device.port(), addresses, peers));
    }

    /** The peer with one of these keys; null: there is none. */
    @Nullable
    Peer peer(@Nullable String one, @Nullable String other) {
        for (Peer peer : peers) if (peer.key().equals(one) || peer.key().equals(other)) return peer;
        return null;
    }

    boolean usesNoPsk() {
        return absent || peers.stream().allMatch(peer -> peer.psk() == WireguardDevice.Psk.NONE);
    }

    boolean knows(@Nullable String publicKey) {
        return absent || peer(publicKey, null) != null;
    }

    /** As a host tells it. */
    String text() {
        if (absent) return NONE;
        List<String> out = new ArrayList<>();
        out.add("key=" + (key == null ? NONE : key) + " port=" + port + " addresses="
                + addresses.stream().map(Ip::text).collect(Collectors.joining(",")));
        for (Peer peer : peers) {
            out.add("peer=" + peer.key() + " psk=" + peer.psk().name().toLowerCase(Locale.ROOT) + " port=" + peer.port()
                    + " allowed=" + peer.allowed().stream().map(Cidr::toString).collect(Collectors.joining(",")));
        }
        return String.join("; ", out);
    }

    /** Null where the host did not tell, or what it told is not understood: then nothing is known of that end. */
    static @Nullable FarView understood(@Nullable String told) {
        if (told == null) return null;
        try {
            return parse(told);
        } catch (UnreadableFacts e) {
            return null; // One host that tells nonsense is no reason to do nothing on all that it is linked to.
        }
    }

    /** @throws UnreadableFacts where this is not what {@link #text} makes: it is another host's, and may be anything */
    static FarView parse(String text) {
        if (text.equals(NONE)) return ABSENT;
        String[] parts = text.split("; ", -1);
        try {
            List<Peer> peers = new ArrayList<>();
            for (int i = 1; i < parts.length; i++) peers.add(peer(fields(parts[i])));
            Map<String, String> self = fields(parts[0]);
            String key = value(self, "key");
            List<Ip> addresses = words(self, "addresses").stream().map(Ip::of).toList();
            return new FarView(false, key.equals(NONE) ? null : key(key), port(self), addresses, peers);
        } catch (IllegalArgumentException e) {
            throw new UnreadableFacts("what a host tells of its tunnel: '" + text + "': " + e.getMessage());
        }
    }

    private static Peer peer(Map<String, String> fields) {
        return new Peer(
                key(value(fields, "peer")),
                WireguardDevice.Psk.valueOf(value(fields, "psk").toUpperCase(Locale.ROOT)),
                port(fields),
                words(fields, "allowed").stream().map(Cidr::of).toList());
    }

    private static String key(String text) {
        if (!WireguardFiles.KEY.matcher(text).matches()) throw new IllegalArgumentException("'" + text + "' is no key");
        return text;
    }

    private static int port(Map<String, String> fields) {
        int port = Integer.parseInt(value(fields, "port"));
        if (port < 0 || port > 0xffff) throw new IllegalArgumentException(port + " is no port");
        return port;
    }

    private static String value(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) throw new IllegalArgumentException("no " + name);
        return value;
    }

    private static List<String> words(Map<String, String> fields, String name) {
        String text = value(fields, name);
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private static Map<String, String> fields(String part) {
        Map<String, String> out = new HashMap<>();
        for (String field : part.split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals < 1) throw new IllegalArgumentException("'" + field + "' has no name");
            out.put(field.substring(0, equals), field.substring(equals + 1));
        }
        return out;
    }
}
