package org.linkctl.modules.frr;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The far end of a tunnel, as a neighbour of BGP.
 *
 * @param site where it is
 * @param address6 its IPv6 address, where the tunnel has any: the next hop of IPv6 routes
 * @param announced the prefixes that it announces
 * @param as its autonomous system
 * @param hold BGP's hold time in seconds
 * @param v6 the families of which routes are exchanged: false for IPv4, true for IPv6
 * @param drained nothing shall go over the tunnel just now
 */
record Neighbor(
        String tunnel,
        String host,
        String site,
        Ip address,
        @Nullable Ip address6,
        long as,
        boolean bfd,
        int hold,
        List<Boolean> v6,
        List<Cidr> announced,
        boolean drained) {
    /** What descriptions of linkctl's neighbours begin with: by it they are told from others, whoever wrote the file. */
    static final String OURS = "linkctl ";

    Neighbor {
        v6 = List.copyOf(v6);
        announced = List.copyOf(announced);
    }

    String description() {
        return OURS + tunnel + " to " + host;
    }

    /** The next hop of a prefix that it announces; null: none of that family. */
    @Nullable
    Ip nextHop(boolean ofV6) {
        return ofV6 ? address6 : address;
    }

    String words(String what) {
        return "neighbor " + address + " " + what;
    }
}
