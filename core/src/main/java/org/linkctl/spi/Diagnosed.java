package org.linkctl.spi;

import java.util.List;

/**
 * A module that can tell what is in the way of its thing, whether or not that has been made yet: for {@code linkctl doctor}.
 * What it refuses, and what it cannot understand, need not be said here again.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Diagnosed<R extends Resource, F extends Record> extends Module<R, F> {
    /** Read-only questions beside those of {@link #probe}. */
    default List<Question<?>> diagnose(R want) {
        return List.of();
    }

    /**
     * What the answers to {@link #diagnose} and {@link #probe} say.
     *
     * @throws UnreadableFacts rather than a guess
     */
    List<Diagnosis> diagnoses(R want, F have, Answers answers);
}
