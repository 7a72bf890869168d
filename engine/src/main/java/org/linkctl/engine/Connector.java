package org.linkctl.engine;

import org.linkctl.model.Host;

/** Makes connections. */
public interface Connector extends AutoCloseable {
    /**
     * Waits until the host's network answers, where that takes long if it does not: {@link #connect} goes on from there. It
     * costs this machine nothing, so that any number of hosts may be waited for at once.
     *
     * @throws Unreachable where it does not answer, with a reason of one line
     */
    default void reach(Host host) {}

    /** @throws Unreachable where the host cannot be reached, with a reason of one line */
    Connection connect(Host host);

    /** Closes what connections share, such as those to jump hosts. */
    @Override
    default void close() {}
}
