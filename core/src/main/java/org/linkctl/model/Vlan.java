package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What comes by another interface with a tag (IEEE 802.1Q), as an interface of its own.
 *
 * @param on the interface that carries it
 * @param id the number in the tag
 * @param mtu bytes; null: none is declared, for what carries it neither
 */
public record Vlan(
        String host,
        String name,
        String on,
        int id,
        List<Cidr> addresses,
        @Nullable Integer mtu,
        List<Ip> defaultGateways,
        List<Ip> replyTo,
        @Nullable Dhcp dhcp,
        Place at)
        implements Link {
    /** 0 is a tag of priority alone, 4095 is reserved (IEEE 802.1Q, table 9-2). */
    public static final int LAST_ID = 4094;

    public Vlan {
        addresses = List.copyOf(addresses);
        defaultGateways = List.copyOf(defaultGateways);
        replyTo = List.copyOf(replyTo);
    }

    @Override
    public String kind() {
        return "vlan";
    }

    @Override
    public List<String> lower() {
        return List.of(on);
    }

    /** The same with an MTU, in bytes. */
    public Vlan withMtu(@Nullable Integer bytes) {
        return new Vlan(host, name, on, id, addresses, bytes, defaultGateways, replyTo, dhcp, at);
    }
}
