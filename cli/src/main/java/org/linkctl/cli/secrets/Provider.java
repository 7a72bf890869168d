package org.linkctl.cli.secrets;

import org.linkctl.shell.Secret;

/** A place where secrets may be. Asked at most once for each name in a run. */
interface Provider {
    /** Longer than any secret: what is longer is refused, and memory stays bounded. Bytes. */
    int LONGEST = 64 * 1024;

    Lookup look(String name);

    /** What asking came to. No case but the first holds anything of a secret. */
    sealed interface Lookup {
        record Found(Secret secret) implements Lookup {}

        /** It is not there; the next provider is asked. */
        record Absent(String where) implements Lookup {}

        /** Something is wrong that has to be put right: no other provider is asked. */
        record Refused(String why) implements Lookup {}
    }

    /** A text as programs and editors leave it: one line end at its end does not belong to it. */
    static Lookup found(String text, String where) {
        String secret = text.endsWith("\n") ? text.substring(0, text.length() - (text.endsWith("\r\n") ? 2 : 1)) : text;
        return secret.isEmpty()
                ? new Lookup.Refused(where + ": is there, and empty")
                : new Lookup.Found(new Secret(secret));
    }
}
