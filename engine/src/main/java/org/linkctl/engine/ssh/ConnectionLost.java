package org.linkctl.engine.ssh;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The connection was lost in the middle of a script. */
final class ConnectionLost extends IOException {
    private static final long serialVersionUID = 1L;

    ConnectionLost(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
