package org.linkctl.engine.script;

import java.io.IOException;

/** What a host sent is not the reply to the script it got. The message never holds what was framed. */
public final class BadReply extends IOException {
    private static final long serialVersionUID = 1L;

    private final String instead;
    private final boolean nothing;

    BadReply(String what) {
        super(what);
        this.instead = "";
        this.nothing = false;
    }

    /** @param instead what came before any frame, on one line */
    BadReply(String what, String instead) {
        super(instead.isEmpty() ? what : what + ", but: " + instead);
        this.instead = instead;
        this.nothing = instead.isEmpty();
    }

    /** What came before any frame, on one line; empty: nothing, or the reply began and is a bad one. */
    public String instead() {
        return instead;
    }

    /** Whether nothing came at all: neither a frame nor anything else. */
    public boolean nothing() {
        return nothing;
    }
}
