package org.linkctl.shell;

/**
 * Shows that two secrets are the same, or are not, and nothing else of them: by a key that is never shown, so that
 * nobody can try out texts.
 */
public final class Fingerprints {
    private final byte[] key;

    /** @param key random bytes, 32 of them; the same key gives the same secret the same fingerprint */
    public Fingerprints(byte[] key) {
        this.key = key.clone();
    }

    /** A phrase for plans, such as {@code (secret 3fa12b9c)}. */
    public String show(Secret secret) {
        return "(secret " + secret.fingerprint(key) + ")";
    }

    /** As with a secret, there is nothing to see. */
    @Override
    public String toString() {
        return "***";
    }
}
