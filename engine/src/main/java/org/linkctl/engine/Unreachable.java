package org.linkctl.engine;

import org.jspecify.annotations.Nullable;

/** A host could not be reached, or the connection was lost. The message is one line, ready to be shown. */
public final class Unreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreachable(String why) {
        this(why, null);
    }

    public Unreachable(String why, @Nullable Throwable cause) {
        super(why, cause);
    }

    /** The reason. */
    public String why() {
        return String.valueOf(getMessage());
    }
}
