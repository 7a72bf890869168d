package org.linkctl.modules.wireguard;

import java.util.List;
import org.linkctl.net.Cidr;

/**
 * A network interface, as far as every system has the same.
 *
 * @param up administratively (IFF_UP)
 * @param mtu bytes
 * @param addresses without the link-local ones that nobody gave it
 */
public record Link(boolean up, int mtu, List<Cidr> addresses) {
    public Link {
        addresses = List.copyOf(addresses);
    }
}
