package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** The word of a hub: an interface of several peers, imported hosts (its spokes) and others. */
final class Hubs {
    private static final int DEFAULT_MTU = 1420;

    private final WireguardEnds ends;
    private final Notes notes;

    Hubs(WireguardEnds ends, Notes notes) {
        this.ends = ends;
        this.notes = notes;
    }

    /** As a comment where it cannot be declared: a hub without one of its peers would lose that one. */
    Written of(End hub) {
        String why = why(hub);
        if (why.isEmpty()) return word(hub);
        String what = hub + ": a hub of " + hub.device().peers().size() + " peers";
        notes.add(hub.host().name(), what, why);
        return new Written.Comment(what + ": " + why);
    }

    private String why(End hub) {
        String families = Tunnels.families(hub);
        if (!families.isEmpty()) return families;
        for (Peer peer : hub.device().peers()) {
            End far = ends.of(peer.key());
            String who = far == null ? ends.name(peer) : far.host().name();
            String why = far == null ? whyPeer(hub, peer) : whySpoke(hub, peer, far);
            if (why.isEmpty() && peer.psk() != PskKind.NONE) why = "it has a pre-shared key, and a hub has none";
            if (!why.isEmpty()) return who + ": " + why;
        }
        return "";
    }

    private static String whyPeer(End hub, Peer peer) {
        List<Ip> own = Tunnels.singles(peer);
        Set<Cidr> behind = hub.behind(peer);
        if (!behind.isEmpty())
            return "it may send " + Tunnels.texts(behind) + ", which is not its own address in the hub's net";
        if (own.size() != peer.allowed().size() || own.isEmpty())
            return "its AllowedIPs are " + Tunnels.texts(peer.allowed())
                    + ", and a hub has the own address of each peer";
        return "";
    }

    private static String whySpoke(End hub, Peer peer, End spoke) {
        if (spoke.device().peers().size() != 1) return spoke + " has several peers, too";
        if (!spoke.only().key().equals(hub.device().publicKey())) return spoke + " has another peer than " + hub;
        if (!spoke.device().name().equals(hub.device().name()))
            return "it is " + spoke + ", and a hub's interface has one name everywhere; rename it";
        if (!Set.copyOf(spoke.device().networks())
                .equals(Set.copyOf(hub.device().networks())))
            return spoke + " has " + Tunnels.texts(spoke.device().addresses()) + ", and the hub "
                    + Tunnels.texts(hub.device().addresses()) + ": each has the prefix length of the hub's net";
        Set<Cidr> single = new LinkedHashSet<>();
        for (Cidr one : spoke.device().addresses()) single.add(Cidr.host(one.address()));
        if (!single.equals(new LinkedHashSet<>(peer.allowed())))
            return "the hub allows it " + Tunnels.texts(peer.allowed()) + ", and its own addresses are "
                    + Tunnels.texts(single);
        Set<Cidr> behind = spoke.behind(spoke.only());
        if (!behind.isEmpty()) return "it sends " + Tunnels.texts(behind) + " to the hub, which is not the hub's net";
        Endpoint endpoint = spoke.only().endpoint();
        if (endpoint == null) return "it does not call the hub: it has no Endpoint";
        if (endpoint.port() != hub.device().port())
            return "it calls port " + endpoint.port() + ", and the hub listens on "
                    + hub.device().port();
        return "";
    }

    private Word word(End hub) {
        List<Written> inside = new ArrayList<>();
        Set<String> called = new LinkedHashSet<>();
        Integer keepalive = null;
        for (Peer peer : hub.device().peers()) {
            End spoke = ends.of(peer.key());
            if (spoke == null) inside.add(peer(hub, peer));
            else {
                inside.add(Word.of(
                        "spoke",
                        List.of(Value.of(spoke.host().name())),
                        Map.of("address", Tunnels.addressValue(spoke))));
                Endpoint endpoint = spoke.only().endpoint();
                if (endpoint != null) called.add(endpoint.host());
                keepalive = keepalive(keepalive, spoke);
                mtu(hub, spoke);
            }
        }
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("on", Value.of(hub.host().name()));
        attributes.put("port", Value.of(hub.device().port()));
        attributes.put("address", Tunnels.addressValue(hub));
        attributes.put("endpoint", Value.of(endpoint(hub, called)));
        if (keepalive != null) attributes.put("keepalive", Value.of(keepalive));
        if (hub.device().mtu() != DEFAULT_MTU)
            attributes.put("mtu", Value.of(hub.device().mtu()));
        return Word.of("hub", List.of(Value.of(hub.device().name())), attributes, inside);
    }

    private Word peer(End hub, Peer peer) {
        String name = ends.name(peer);
        Integer keepalive = peer.keepalive();
        Word word = Tunnels.peer(name, peer, Tunnels.singles(peer));
        if (keepalive == null) return word;
        if (peer.endpoint() == null) {
            notes.add(
                    hub.host().name(),
                    hub.device().name() + ": keepalives to " + name + ", every " + keepalive + " s",
                    "a hub sends none to a peer that calls it; the peer does");
            return word;
        }
        Map<String, Value> attributes = new LinkedHashMap<>(word.attributes());
        attributes.put("keepalive", Value.of(keepalive));
        return Word.of("peer", word.values(), attributes);
    }

    private @Nullable Integer keepalive(@Nullable Integer before, End spoke) {
        Integer own = spoke.only().keepalive();
        if (before == null || before.equals(own)) return own == null ? before : own;
        notes.add(
                spoke.host().name(),
                spoke.device().name() + ": keepalive " + (own == null ? "off" : own.toString()),
                "the spokes of a hub have one; " + before + " is declared");
        return before;
    }

    private void mtu(End hub, End spoke) {
        if (hub.device().mtu() == spoke.device().mtu()) return;
        notes.add(
                spoke.host().name(),
                spoke.device().name() + ": an MTU of " + spoke.device().mtu(),
                "a hub and its spokes have one; the hub's is declared, "
                        + hub.device().mtu());
    }

    private String endpoint(End hub, Set<String> called) {
        if (called.size() > 1)
            notes.add(
                    hub.host().name(),
                    hub.device().name() + ": spokes call it at " + String.join(" and ", called),
                    "a hub has one endpoint:; the first one is declared");
        if (!called.isEmpty()) return called.iterator().next();
        notes.add(
                hub.host().name(),
                hub.device().name() + ": where its peers find it",
                "only they know; endpoint: is how this host was reached just now, and nothing there depends on it");
        return hub.host().ssh().host();
    }
}
