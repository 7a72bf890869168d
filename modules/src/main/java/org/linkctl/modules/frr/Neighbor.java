package org.linkctl.modules.frr;

import java.util.List;
import org.linkctl.net.Ip;

/**
 * The far end of a tunnel, as a neighbour of BGP.
 *
 * @param site where it is
 * @param own this end's address
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
        Ip own,
        long as,
        boolean bfd,
        int hold,
        List<Boolean> v6,
        boolean drained) {
    /** What descriptions of linkctl's neighbours begin with: by it they are told from others, whoever wrote the file. */
    static final String OURS = "linkctl ";

    Neighbor {
        v6 = List.copyOf(v6);
    }

    String description() {
        return OURS + tunnel + " to " + host;
    }

    /** Its session of BFD, as BGP names it when it asks for one. */
    String peer() {
        return "peer " + address + " local-address " + own + " interface " + tunnel;
    }

    String words(String what) {
        return "neighbor " + address + " " + what;
    }
}
