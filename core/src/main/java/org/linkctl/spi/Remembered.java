package org.linkctl.spi;

import java.util.List;
import java.util.Optional;

/**
 * A module whose resources last on a host: the host keeps a record of each, so that it can be taken away once no inventory
 * declares it. Modules whose work goes with another resource, or leaves nothing behind, are not of this kind.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Remembered<R extends Resource, F extends Record> extends Module<R, F> {
    /**
     * What the host has to keep of a resource; written there before anything is made. Once it was written, it stays as it
     * is for as long as the same is wanted: what was found at first is handed on from {@code before}.
     *
     * @param before what the host keeps of it now; empty where linkctl does not own it yet
     * @return empty where nothing lasts that would have to be taken away, or it goes with another resource
     */
    Optional<Memory> memory(R want, F have, Optional<Memory> before);

    /**
     * The absence of something that {@link #memory} was kept of, as a thing to want, under the same id. Taking away what
     * somebody else has put in its place meanwhile is not part of it.
     *
     * @param scope whatever is still declared there stays
     * @return empty where it goes with another resource
     */
    Optional<R> absent(Scope scope, Owned owned);

    /**
     * What of a resource is there already and was not made by linkctl, by path or name, as far as that can be told for
     * certain. The plan names it before anything is changed.
     */
    default List<String> adopts(R want, F have) {
        return List.of();
    }

    /** Whether what it makes could not be made again, such as keys: it stays unless the user says that it shall go. */
    default boolean irreplaceable() {
        return false;
    }
}
