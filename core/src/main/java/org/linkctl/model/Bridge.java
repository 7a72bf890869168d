package org.linkctl.model;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * Interfaces that are one network: each gets the frames that are for what is behind it (IEEE 802.1D).
 *
 * @param members interface names, in the declared order; none: a network of the host's own
 * @param stp the spanning tree protocol, for networks with loops
 * @param mtu bytes; null: as it is
 */
public record Bridge(
        String host,
        String name,
        List<String> members,
        boolean stp,
        List<Cidr> addresses,
        @Nullable Integer mtu,
        List<Ip> defaultGateways,
        List<Ip> replyTo,
        @Nullable Dhcp dhcp,
        Place at)
        implements Link {
    public Bridge {
        members = List.copyOf(members);
        addresses = List.copyOf(addresses);
        defaultGateways = List.copyOf(defaultGateways);
        replyTo = List.copyOf(replyTo);
    }

    @Override
    public String kind() {
        return "bridge";
    }

    @Override
    public List<String> lower() {
        return members;
    }
}
