package org.linkctl.engine;

import org.linkctl.model.Host;

/** Makes connections. */
public interface Connector extends AutoCloseable {
    /** @throws Unreachable where the host cannot be reached, with a reason of one line */
    Connection connect(Host host);

    /** Closes what connections share, such as those to jump hosts. */
    @Override
    default void close() {}
}
