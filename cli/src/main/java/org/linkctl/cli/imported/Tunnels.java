package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.imported.WireguardEnds.End;
import org.linkctl.dsl.write.Written;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.model.Endpoint;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Found.Peer;
import org.linkctl.spi.Found.PskKind;
import org.linkctl.spi.Found.Value;

/** The words of tunnels: of two imported hosts, or of one and an end that linkctl does not log in to. */
final class Tunnels {
    private static final int DEFAULT_MTU = 1420;

    /**
     * A tunnel between two imported hosts.
     *
     * @param comments what it does not say
     * @param why it cannot be declared; empty: it can
     */
    record Between(End near, End far, Word word, List<Written> comments, String why) {
        String name() {
            return near.device().name();
        }

        boolean endsOn(String host) {
            return near.host().name().equals(host) || far.host().name().equals(host);
        }
    }

    private final WireguardEnds ends;
    private final Notes notes;

    Tunnels(WireguardEnds ends, Notes notes) {
        this.ends = ends;
        this.notes = notes;
    }

    Between between(End near, End far) {
        String why = why(near, far);
        if (!why.isEmpty())
            return new Between(near, far, new Tunnels(ends, new Notes()).word(near, far), List.of(), why);
        int before = notes.count();
        Word word = word(near, far);
        return new Between(near, far, word, notes.since(before), "");
    }

    /** Empty where the two ends are a tunnel as the language has them. */
    private static String why(End near, End far) {
        if (near.host().name().equals(far.host().name()))
            return "both ends are on " + near.host().name();
        if (!far.only().key().equals(near.device().publicKey()))
            return far + " has another peer than " + near + ", by their public keys";
        if (!near.device().name().equals(far.device().name()))
            return "it is " + near + " and " + far + ", and a tunnel has one name at both ends; rename one of them";
        String addresses = addresses(near, far);
        if (!addresses.isEmpty()) return addresses;
        return Stream.of(port(near, far), port(far, near), everything(near), everything(far))
                .filter(one -> !one.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String addresses(End near, End far) {
        Set<Cidr> mine = new LinkedHashSet<>(near.device().networks());
        Set<Cidr> others = new LinkedHashSet<>(far.device().networks());
        if (!mine.equals(others) || mine.isEmpty())
            return near + " has " + texts(near.device().addresses()) + " and " + far + " "
                    + texts(far.device().addresses()) + ", and the ends of a tunnel share their networks";
        return families(near);
    }

    static String families(End end) {
        long v6 = end.device().addresses().stream().filter(Cidr::isV6).count();
        long v4 = end.device().addresses().size() - v6;
        return v4 > 1 || v6 > 1
                ? end + " has " + texts(end.device().addresses()) + ", and an end has one address of each family"
                : "";
    }

    /** Where {@code near} finds the other one is its own port, or packets are passed on between the two. */
    private static String port(End near, End far) {
        Endpoint endpoint = near.only().endpoint();
        if (endpoint == null || endpoint.port() == far.device().port()) return "";
        return near.host().name() + " calls port " + endpoint.port() + ", and " + far + " listens on "
                + far.device().port() + ": an endpoint has the port of its end";
    }

    static String everything(End end) {
        for (Peer peer : end.device().peers())
            for (Cidr one : peer.allowed())
                if (one.length() == 0)
                    return end + " sends " + one + " into the tunnel, and no word routes everything over a tunnel";
        return "";
    }

    private Word word(End near, End far) {
        String name = near.device().name();
        Map<String, Value> attributes = new LinkedHashMap<>();
        Integer keepalive = keepalive(near, far);
        if (keepalive != null) attributes.put("keepalive", Value.of(keepalive));
        int mtu = Math.min(near.device().mtu(), far.device().mtu());
        if (mtu != DEFAULT_MTU) attributes.put("mtu", Value.of(mtu));
        if (near.device().mtu() != far.device().mtu())
            notes.add(
                    far.host().name(),
                    name + ": an MTU of " + near.device().mtu() + " on "
                            + near.host().name() + " and of " + far.device().mtu() + " on "
                            + far.host().name(),
                    "a tunnel has one; the smaller one is declared");
        psk(near, far, attributes);
        ports(near);
        ports(far);
        return Word.of(
                "tunnel",
                List.of(Value.of(name)),
                attributes,
                List.of(end(near, far.only().endpoint()), end(far, near.only().endpoint())));
    }

    private void ports(End end) {
        if (end.device().portByFile()) return;
        notes.add(
                end.host().name(),
                end.device().name() + ": any port, " + end.device().port() + " just now",
                "an end has a port; this one is declared, and is the same after a boot then");
    }

    private @Nullable Integer keepalive(End near, End far) {
        Integer one = near.only().keepalive();
        Integer other = far.only().keepalive();
        if (Objects.equals(one, other)) return one;
        Integer out = one == null ? other : other == null ? one : Integer.valueOf(Math.min(one, other));
        notes.add(
                near.host().name(),
                near.device().name() + ": keepalive " + shown(one) + " on "
                        + near.host().name() + ", " + shown(other) + " on "
                        + far.host().name(),
                "both ends of a tunnel send them alike; " + out + " is declared");
        return out;
    }

    private static String shown(@Nullable Integer keepalive) {
        return keepalive == null ? "off" : keepalive.toString();
    }

    private void psk(End near, End far, Map<String, Value> attributes) {
        PskKind one = near.only().psk();
        PskKind other = far.only().psk();
        if (one == PskKind.NONE && other == PskKind.NONE) return;
        if (one == PskKind.OF_FILE && other == PskKind.OF_FILE) attributes.put("psk", new Value.Flag(true));
        else attributes.put("psk", secret(near, true));
    }

    /** A key of the user's that linkctl does not read: he tells where it is, or puts it where linkctl has its own. */
    private Value secret(End end, boolean both) {
        String name = end.device().name();
        String reference = "wireguard/" + name;
        String alternative = both
                ? "; or, on both hosts, (umask 077; wg show " + name + " preshared-keys | cut -f2 >/etc/wireguard/"
                        + name + ".psk), and psk: true"
                : "";
        notes.add(
                end.host().name(),
                name + ": a pre-shared key",
                "it was not read; let secret('" + reference + "') say what 'wg show " + name
                        + " preshared-keys' prints there (docs/secrets.md)" + alternative);
        return new Value.Reference(reference);
    }

    private static Word end(End end, @Nullable Endpoint found) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("port", Value.of(end.device().port()));
        attributes.put("address", addressValue(end));
        if (found != null) attributes.put("endpoint", Value.of(found.host()));
        return Word.of("end", List.of(Value.of(end.host().name())), attributes);
    }

    static Value addressValue(End end) {
        return Value.of(end.device().addresses().stream().map(Cidr::toString).toList());
    }

    /** One whose other end linkctl does not log in to; as a comment where that cannot be declared. */
    Written toPeer(End near) {
        Peer peer = near.only();
        List<Ip> addresses = peerAddresses(near);
        String why = whyPeer(near, addresses);
        if (!why.isEmpty()) {
            String what = near + ": a tunnel to a peer that is no imported host";
            notes.add(near.host().name(), what, why);
            return new Written.Comment(what + ": " + why);
        }
        Map<String, Value> attributes = new LinkedHashMap<>();
        Integer keepalive = peer.keepalive();
        if (keepalive != null) attributes.put("keepalive", Value.of(keepalive));
        if (near.device().mtu() != DEFAULT_MTU)
            attributes.put("mtu", Value.of(near.device().mtu()));
        if (peer.psk() != PskKind.NONE) attributes.put("psk", secret(near, false));
        ports(near);
        return Word.of(
                "tunnel",
                List.of(Value.of(near.device().name())),
                attributes,
                List.of(end(near, called(near)), peer(ends.name(peer), peer, addresses)));
    }

    /** A peer that calls has to find the host; where, it alone knows. */
    private @Nullable Endpoint called(End near) {
        if (near.only().endpoint() != null) return null;
        String host = near.host().ssh().host();
        notes.add(
                near.host().name(),
                near.device().name() + ": where its peer finds it",
                "only the peer knows; endpoint: is how this host was reached just now, and nothing there depends on it");
        return new Endpoint(host, near.device().port());
    }

    static Word peer(String name, Peer peer, List<Ip> addresses) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("publicKey", Value.of(peer.key()));
        attributes.put("address", Value.of(addresses.stream().map(Ip::text).toList()));
        Endpoint endpoint = peer.endpoint();
        if (endpoint != null) attributes.put("endpoint", Value.of(text(endpoint)));
        return Word.of("peer", List.of(Value.of(name)), attributes);
    }

    private static String text(Endpoint endpoint) {
        String host = endpoint.host();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + endpoint.port();
    }

    private static String whyPeer(End near, List<Ip> addresses) {
        String families = families(near);
        if (!families.isEmpty()) return families;
        String everything = everything(near);
        if (!everything.isEmpty()) return everything;
        Set<Cidr> behind = near.behind(near.only());
        if (!behind.isEmpty())
            return "it leads to " + texts(behind)
                    + " behind the peer; that is declared by a site without hosts, site: of the"
                    + " peer and a route, for which nothing here says which LAN of this side the peer sends back";
        if (addresses.size() != near.device().addresses().size())
            return "the peer's own address is told by nothing: its AllowedIPs are "
                    + texts(near.only().allowed());
        return "";
    }

    /** Of each family the single address that it is allowed, or the only other one that the network has. */
    private static List<Ip> peerAddresses(End near) {
        List<Ip> out = new ArrayList<>();
        for (Cidr own : near.device().addresses()) {
            List<Ip> single = singles(near.only()).stream()
                    .filter(one -> own.network().contains(one) && !one.equals(own.address()))
                    .toList();
            if (single.size() == 1) out.add(single.getFirst());
            else if (single.isEmpty()) other(own).ifPresent(out::add);
        }
        return out;
    }

    static List<Ip> singles(Peer peer) {
        return peer.allowed().stream()
                .filter(one -> one.length() == (one.isV6() ? 128 : 32))
                .map(Cidr::address)
                .toList();
    }

    /** Of a network with two hosts: /30 and /31, /126 and /127. */
    private static java.util.Optional<Ip> other(Cidr own) {
        int host = (own.isV6() ? 128 : 32) - own.length();
        if (host < 1 || host > 2) return java.util.Optional.empty();
        for (int i = host == 2 ? 1 : 0; i < (host == 2 ? 3 : 2); i++) {
            Ip one = own.network().at(i).address();
            if (!one.equals(own.address())) return java.util.Optional.of(one);
        }
        return java.util.Optional.empty();
    }

    static String texts(java.util.Collection<Cidr> all) {
        return all.isEmpty()
                ? "none"
                : String.join(", ", all.stream().map(Cidr::toString).toList());
    }
}
