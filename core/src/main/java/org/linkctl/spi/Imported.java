package org.linkctl.spi;

import java.util.List;

/**
 * A module that can say of a host that no inventory declares what is there, in the words of the language: for {@code
 * linkctl import}. What it says, declared, changes nothing there that runs.
 */
public interface Imported {
    /** What a host is asked first; read-only. */
    List<Question<?>> importing();

    /**
     * What it is asked then.
     *
     * @param first the answers to {@link #importing()}
     * @throws UnreadableFacts where they cannot be understood
     */
    default List<Question<?>> importing(Answers first) {
        return List.of();
    }

    /**
     * What is there.
     *
     * @param answers to both
     * @throws UnreadableFacts rather than a guess
     */
    List<Found> found(Answers answers);
}
