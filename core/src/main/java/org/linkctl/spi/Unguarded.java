package org.linkctl.spi;

/**
 * A module whose steps can cut nobody off, since they only add what nothing uses yet, such as packages. The steps of all
 * others are undone unless they are confirmed over a new connection; these stay.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Unguarded<R extends Resource, F extends Record> extends Module<R, F> {}
