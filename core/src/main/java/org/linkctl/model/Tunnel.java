package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * A WireGuard tunnel between two hosts, or between a host and an end that linkctl does not log in to.
 *
 * @param name of the interface, on both hosts
 * @param group the name of the {@code tunnels} it was planned by; null where it was declared by itself
 * @param keepalive seconds between keepalives (wg(8) PersistentKeepalive); null: none are sent
 * @param mtu bytes; null: {@link #DEFAULT_MTU}
 * @param psk whether a pre-shared key is mixed in
 * @param ends two of them
 */
public record Tunnel(
        String name,
        @Nullable String group,
        @Nullable Integer keepalive,
        @Nullable Integer mtu,
        Psk psk,
        List<End> ends,
        Place at)
        implements Intent {
    /** Fits into a 1500-byte path whatever the outer protocol: 1500 - 40 (IPv6) - 8 (UDP) - 32 (WireGuard). */
    public static final int DEFAULT_MTU = 1420;

    /**
     * One end.
     *
     * @param host its name; of an end that linkctl does not log in to, that one's own name
     * @param port UDP port it listens on; 0 where an end that linkctl does not log in to has no endpoint
     * @param addresses of the tunnel interface there, each with the tunnel's own prefix length
     * @param endpoint where the other end finds this one, an address or a name; null: nowhere, this end calls
     * @param unmanaged null where it is a host that linkctl logs in to
     */
    public record End(
            String host,
            int port,
            List<Cidr> addresses,
            @Nullable String endpoint,
            @Nullable Unmanaged unmanaged,
            Place at) {
        public End {
            addresses = List.copyOf(addresses);
        }

        /** That of a host that linkctl logs in to. */
        public End(String host, int port, List<Cidr> addresses, @Nullable String endpoint, Place at) {
            this(host, port, addresses, endpoint, null, at);
        }
    }

    public Tunnel {
        ends = List.copyOf(ends);
    }

    public boolean touches(String host) {
        return ends.stream().anyMatch(end -> end.host().equals(host));
    }

    public End endOn(String host) {
        return ends.stream().filter(end -> end.host().equals(host)).findFirst().orElseThrow();
    }

    /** The end that is not on this host. */
    public End farFrom(String host) {
        return ends.stream().filter(end -> !end.host().equals(host)).findFirst().orElseThrow();
    }

    /** Whether one of its ends is not logged in to. */
    public boolean hasUnmanaged() {
        return ends.stream().anyMatch(end -> end.unmanaged() != null);
    }

    public int effectiveMtu() {
        return mtu == null ? DEFAULT_MTU : mtu;
    }

    /** The tunnel's own prefixes: one for each address family. */
    public List<Cidr> transit() {
        return ends.getFirst().addresses().stream().map(Cidr::network).toList();
    }

    /** The far end's address of that family on the tunnel, where it has one. */
    public @Nullable Ip farAddress(String host, boolean v6) {
        return farFrom(host).addresses().stream()
                .filter(address -> address.isV6() == v6)
                .map(Cidr::address)
                .findFirst()
                .orElse(null);
    }

    /** Its name, as a text of a playbook has it: {@code "$tunnel"}. */
    @Override
    public String toString() {
        return name;
    }
}
