package org.linkctl.spi;

/**
 * A module that finds on a host what other hosts need for their part, such as the public key of a tunnel's end.
 *
 * @param <R> what is wanted
 * @param <F> what was found
 */
public interface Publishes<R extends Resource, F extends Record> extends Module<R, F> {
    /** What other hosts need to know of what was found; they get it by {@link Scope#published}. */
    Published.Values publish(R want, F have);
}
