package org.linkctl.engine.script;

import java.io.IOException;

/** What a host sent is not the reply to the script it got. The message never holds what was framed. */
public final class BadReply extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean begun;

    BadReply(String what, boolean begun) {
        super(what);
        this.begun = begun;
    }

    /** Whether the script had started to run on the host: then something may have been done. */
    public boolean begun() {
        return begun;
    }
}
