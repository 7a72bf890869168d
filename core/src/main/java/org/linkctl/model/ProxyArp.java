package org.linkctl.model;

import java.util.List;
import org.linkctl.diag.Place;
import org.linkctl.net.Ip;

/**
 * The master of a pair answers ARP requests for addresses that others have.
 *
 * @param pair the name of the pair
 * @param on the interface on which it answers
 */
public record ProxyArp(String pair, String on, List<Ip> addresses, Place at) implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return pair;
    }

    public ProxyArp {
        addresses = List.copyOf(addresses);
    }
}
