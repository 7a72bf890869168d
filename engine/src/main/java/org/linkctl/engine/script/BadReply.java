package org.linkctl.engine.script;

import java.io.IOException;

/** A host sent something else than the reply to its script. The message never quotes framed content. */
public final class BadReply extends IOException {
    private static final long serialVersionUID = 1L;

    private final String received;
    private final boolean empty;

    BadReply(String what) {
        super(what);
        this.received = "";
        this.empty = false;
    }

    /** @param received what came before any frame, on one line */
    BadReply(String what, String received) {
        super(received.isEmpty() ? what : what + ", but: " + received);
        this.received = received;
        this.empty = received.isEmpty();
    }

    /** What came before any frame, on one line; empty: nothing, or the reply began and is malformed. */
    public String received() {
        return received;
    }

    /** Whether nothing came at all: neither a frame nor anything else. */
    public boolean isEmpty() {
        return empty;
    }
}
