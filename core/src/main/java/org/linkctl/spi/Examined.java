package org.linkctl.spi;

import java.util.List;

/**
 * A module that can tell whether its thing works, not only whether it is configured: for {@code linkctl verify}, and for
 * the comparison of a host before and after a change.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Examined<R extends Resource, F extends Record> extends Module<R, F> {
    /** Read-only questions beside those of {@link #probe}. */
    default List<Question<?>> examine(R want) {
        return List.of();
    }

    /**
     * What the answers to {@link #examine} and {@link #probe} say about its health.
     *
     * @throws UnreadableFacts rather than a guess
     */
    List<Finding> findings(R want, F have, Answers answers);
}
