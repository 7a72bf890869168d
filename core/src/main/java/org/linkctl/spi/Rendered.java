package org.linkctl.spi;

/**
 * A module that knows what it would find on a bare host of its system: one that was installed and on which nothing of what
 * linkctl configures is configured yet. {@code linkctl render} plans from there and asks no host.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Rendered<R extends Resource, F extends Record> extends Module<R, F> {
    /** What would be found. The modules of one system take the same host for bare. */
    F bare(R want);
}
