package org.linkctl.dsl.words;

import org.linkctl.model.Psk;
import org.linkctl.model.Tunnel;

/** Which keys of tunnels linkctl can make anew. */
final class Rotation {
    private Rotation() {}

    /** Why a tunnel gets no new pre-shared key; empty: it does. */
    static String whyNotPsk(Tunnel tunnel) {
        return switch (tunnel.psk()) {
            case Psk.Made() -> "";
            case Psk.Given(var ref) ->
                "the pre-shared key of '" + tunnel.name() + "' is yours: change what " + ref + " says, and apply";
            case Psk.None() -> "'" + tunnel.name() + "' has no pre-shared key; psk: true in the inventory gives it one";
        };
    }

    /** Why the ends of a tunnel get no new private keys; empty: they do. */
    static String whyNotKey(Tunnel tunnel) {
        return tunnel.hasUnmanaged()
                ? "the other end of '" + tunnel.name() + "' is a peer, which linkctl does not log in to"
                : "";
    }
}
