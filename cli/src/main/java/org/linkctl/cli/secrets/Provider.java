package org.linkctl.cli.secrets;

import org.linkctl.shell.Secret;

/** A source of secrets. Asked at most once for each name in a run. */
interface Provider {
    /** The most bytes of a secret: it bounds memory. */
    int LONGEST = 64 * 1024;

    Lookup look(String name);

    /** The result of a lookup. Only the first case holds a secret. */
    sealed interface Lookup {
        record Found(Secret secret) implements Lookup {}

        /** The provider does not have it; the next one is asked. */
        record Absent(String where) implements Lookup {}

        /** An error that has to be corrected: no other provider is asked. */
        record Refused(String why) implements Lookup {}
    }

    /** A secret from a text: one newline at its end is not part of it. */
    static Lookup found(String text, String where) {
        String secret = text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        return secret.isEmpty()
                ? new Lookup.Refused(where + ": is there, and empty")
                : new Lookup.Found(new Secret(secret));
    }
}
