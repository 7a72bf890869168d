package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * A network interface that is there already.
 *
 * @param mtu bytes; null: as it is
 */
public record Nic(
        String host,
        String name,
        List<Cidr> addresses,
        @Nullable Integer mtu,
        List<Ip> defaultGateways,
        List<Ip> replyTo,
        @Nullable Dhcp dhcp,
        Place at)
        implements Link {
    public Nic {
        addresses = List.copyOf(addresses);
        defaultGateways = List.copyOf(defaultGateways);
        replyTo = List.copyOf(replyTo);
    }

    /** One without gateways and DHCP. */
    public Nic(String host, String name, List<Cidr> addresses, @Nullable Integer mtu, Place at) {
        this(host, name, addresses, mtu, List.of(), List.of(), null, at);
    }

    @Override
    public String kind() {
        return "nic";
    }

    @Override
    public boolean made() {
        return false;
    }
}
