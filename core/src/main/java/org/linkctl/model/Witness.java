package org.linkctl.model;

import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.net.Ip;

/**
 * A third host that decides which host of a pair may serve while the two do not see each other: a pair has two votes, and
 * neither of its hosts a majority without the witness.
 *
 * @param pair the name of the pair
 * @param host the name of the witness
 * @param address of the witness, as the hosts of the pair reach it
 * @param on the interface by which they ask, on both hosts; null: that of the pair's vips, which are on one
 */
public record Witness(
        String pair, String host, Ip address, @Nullable String on, Place at) implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return pair;
    }

    /** The interface by which the hosts of the pair ask; empty where the pair has no vip. */
    public String device(Fabric fabric) {
        if (on != null) return on;
        return fabric.vipsOf(pair).stream().map(Vip::on).findFirst().orElse("");
    }
}
