package org.linkctl.model;

/** Whether a tunnel has a pre-shared key, and where it comes from. */
public sealed interface Psk {
    /** It has none. */
    record None() implements Psk {}

    /** It is made on the host of the tunnel's first end. */
    record Made() implements Psk {}

    /** It is a secret of the user's. */
    record Given(SecretRef secret) implements Psk {}

    Psk NONE = new None();

    Psk MADE = new Made();
}
