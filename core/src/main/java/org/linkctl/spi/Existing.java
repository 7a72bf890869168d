package org.linkctl.spi;

/**
 * A module that tells itself whether its thing is there already. For others it is there where no change makes a state out
 * of nothing.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Existing<R extends Resource, F extends Record> extends Module<R, F> {
    /**
     * Whether it is there, however it may differ: what is there must be no worse after a change, and what is not there
     * carries no traffic yet.
     */
    boolean exists(R want, F have);
}
