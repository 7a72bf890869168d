package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** An interface of a host that can have addresses and lead to other hosts: everything but tunnels and hubs. */
public sealed interface Link extends Intent permits Bond, Nic, Vlan, Bridge {
    /** Of which families a DHCP client asks for addresses (RFC 2131, RFC 8415). */
    enum Dhcp {
        V4,
        V6,
        BOTH;

        public boolean v4() {
            return this != V6;
        }

        public boolean v6() {
            return this != V4;
        }

        public boolean of(boolean v6) {
            return v6 ? v6() : v4();
        }
    }

    String host();

    String name();

    List<Cidr> addresses();

    /** Bytes; null: as it is. */
    @Nullable
    Integer mtu();

    /** The neighbours that the host sends what leads nowhere else to, one of each family at most. */
    List<Ip> defaultGateways();

    /** The neighbours through which is answered what was asked by this interface, one of each family at most. */
    List<Ip> replyTo();

    /** Null: no DHCP client is asked for. */
    @Nullable
    Dhcp dhcp();

    /** The word that declares it. */
    String kind();

    /** Whether linkctl makes it, so that it may not be there yet. */
    default boolean made() {
        return true;
    }

    /** The interfaces that it is made of. */
    default List<String> lower() {
        return List.of();
    }
}
