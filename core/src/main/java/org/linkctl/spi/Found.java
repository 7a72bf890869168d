package org.linkctl.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Endpoint;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** What a host has, as {@link Imported} tells it. */
public sealed interface Found {
    /** The value of an attribute, as an inventory has it. */
    sealed interface Value {
        record Text(String text) implements Value {}

        record Whole(long number) implements Value {}

        record Flag(boolean flag) implements Value {}

        /** A constant of the language, which stands without quotes. */
        record Constant(Enum<?> constant) implements Value {}

        /** {@code secret('name')}. */
        record Reference(String name) implements Value {}

        record Several(List<Value> values) implements Value {
            public Several {
                values = List.copyOf(values);
            }
        }

        /** By key, such as {@code [wg0: 2]}. */
        record Keyed(Map<String, Value> values) implements Value {
            public Keyed {
                values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            }
        }

        static Value of(String text) {
            return new Text(text);
        }

        static Value of(long number) {
            return new Whole(number);
        }

        /** One text, or a list of several. */
        static Value of(List<String> texts) {
            if (texts.size() == 1) return new Text(texts.getFirst());
            return new Several(texts.stream().<Value>map(Text::new).toList());
        }
    }

    /**
     * Something of an interface; several modules tell of one.
     *
     * @param kind the word that declares it, such as {@code bond}; null: whoever tells of it does not know
     */
    record Part(String device, @Nullable String kind, Map<String, Value> attributes) implements Found {
        public Part {
            attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        }
    }

    /** A word of a host that has only values, such as {@code sysctl('net.ipv4.ip_forward', '1')}. */
    record Line(String word, List<Value> values) implements Found {
        public Line {
            values = List.copyOf(values);
        }
    }

    /**
     * An interface of WireGuard that runs.
     *
     * @param port UDP port it listens on
     * @param portByFile false where it is any port, another one at each start
     * @param mtu bytes
     */
    record Wireguard(
            String name,
            String publicKey,
            int port,
            boolean portByFile,
            List<Cidr> addresses,
            int mtu,
            List<Peer> peers)
            implements Found {
        public Wireguard {
            addresses = List.copyOf(addresses);
            peers = List.copyOf(peers);
        }

        /** The networks of its addresses. */
        public List<Cidr> networks() {
            return addresses.stream().map(Cidr::network).distinct().toList();
        }
    }

    /** Whether a peer has a pre-shared key. */
    enum PskKind {
        NONE,
        /** That of the file in which linkctl keeps it. */
        OF_FILE,
        /** One that linkctl does not know. */
        OTHER
    }

    /**
     * A peer of WireGuard's.
     *
     * @param label how a comment in the file calls it; empty: it does not
     * @param allowed its AllowedIPs
     * @param endpoint as the file has it; of an interface without a file, as the kernel has it; null: none
     * @param keepalive seconds; null: none are sent
     */
    record Peer(
            String key,
            String label,
            Set<Cidr> allowed,
            @Nullable Endpoint endpoint,
            @Nullable Integer keepalive,
            PskKind psk) {
        public Peer {
            allowed = Collections.unmodifiableSet(new TreeSet<>(allowed));
        }
    }

    /**
     * Addresses that one of two hosts holds (carp(4), RFC 9568), as this one takes part in that.
     *
     * @param id the vhid, or the virtual router's
     * @param rank the host with the least is master when both are there
     * @param interval seconds between advertisements; null: as where nothing is said
     * @param preempt it takes the addresses back when it returns
     */
    record Shared(
            String device,
            int id,
            Set<Cidr> addresses,
            int rank,
            @Nullable Integer interval,
            boolean preempt) implements Found {
        public Shared {
            addresses = Collections.unmodifiableSet(new TreeSet<>(addresses));
        }

        /** Both hosts of a pair have these addresses by this id. */
        public boolean isSame(Shared other) {
            return device.equals(other.device) && id == other.id && addresses.equals(other.addresses);
        }
    }

    /**
     * It tells another host of the connections that it passes on (pfsync(4)).
     *
     * @param most updates of one state in one packet; null: as where nothing is said
     */
    record Synced(
            String device,
            boolean multicast,
            boolean defer,
            @Nullable Integer most) implements Found {}

    /**
     * A route of the main table that is neither the kernel's own nor a default route.
     *
     * @param hops all its ways out
     */
    record Routed(Cidr prefix, List<Hop> hops) implements Found {
        public Routed {
            hops = List.copyOf(hops);
        }
    }

    /** A way out of a {@link Routed}. */
    record Hop(String device, @Nullable Ip via, int weight) {}

    /** What a flow is, when the kernel chooses one of several paths for it. */
    record Hash(org.linkctl.model.Route.Hash hash) implements Found {}

    /**
     * Something that is there and that no word says, or none so that nothing changes.
     *
     * @param what as a person reads it, such as {@code eth1.20: a VLAN of 802.1ad}
     * @param why no word says it, and what would be right
     */
    record Unsaid(String what, String why) implements Found {}
}
