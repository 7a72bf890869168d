package org.linkctl.spi;

import java.util.List;
import java.util.Set;

/**
 * A module that gives something over several paths, of which a user may take one out of service ({@link Scope#held}).
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Drainable<R extends Resource, F extends Record> extends Module<R, F> {
    /**
     * What is given over several paths.
     *
     * @param what for messages, such as {@code the route a-b}
     * @param declared all its paths, of {@link Resource#spreads}
     * @param usable those that it goes over now, or could
     */
    record Shared(String what, Set<String> declared, Set<String> usable) {
        public Shared {
            declared = Set.copyOf(declared);
            usable = Set.copyOf(usable);
        }
    }

    /** What else is asked where something is to be drained. */
    default List<Question<?>> beforeDraining(R want) {
        return List.of();
    }

    /**
     * All that it gives, with what is {@link Scope#drained} left out of what is usable.
     *
     * @param answers also to {@link #beforeDraining}
     */
    List<Shared> shared(R want, F have, Answers answers);
}
