package org.linkctl.engine.ssh;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The way to the host was lost in the middle of a script. */
final class Lost extends IOException {
    private static final long serialVersionUID = 1L;

    Lost(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
