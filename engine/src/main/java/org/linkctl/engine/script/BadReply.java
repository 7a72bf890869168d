package org.linkctl.engine.script;

import java.io.IOException;

/** What a host sent is not the reply to the script it got. The message never holds what was framed. */
public final class BadReply extends IOException {
    private static final long serialVersionUID = 1L;

    BadReply(String what) {
        super(what);
    }
}
