package org.linkctl.spi;

import java.util.Set;

/**
 * A module that has a part in giving a tunnel a new key, such as the one that makes it and the one that gives it to the
 * interface: a run that leaves one of them out would change nothing, or leave a key that nobody uses.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface ReplacesKeys<R extends Resource, F extends Record> extends Module<R, F> {
    /** The kinds of keys that are not replaced without it. */
    Set<Key> replaces();

    /** A tunnel's keys. */
    enum Key {
        /** The pre-shared key of both ends. */
        PRE_SHARED,
        /** The private key of each end. */
        PRIVATE
    }
}
