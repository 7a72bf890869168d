package org.linkctl.model;

import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * The hosts of a pair tell each other of the connections that they pass on (pfsync(4)). It is neither encrypted nor
 * authenticated: the interface is for nothing else.
 *
 * @param pair the name of the pair
 * @param on the interface, on both hosts
 * @param multicast true: to all on that network; false: to the other host's address on that interface alone
 * @param defer the first packet of a connection waits until the other host knows of it
 * @param maxUpdates how many updates of one state go in one packet, 1 to 255; null: as the system has it
 */
public record StateSync(
        String pair,
        String on,
        boolean multicast,
        boolean defer,
        @Nullable Integer maxUpdates,
        Place at) implements HostOrPairIntent {
    @Override
    public String hostOrPair() {
        return pair;
    }
}
