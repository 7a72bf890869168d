package org.linkctl.engine.ssh;

import java.io.IOException;
import org.linkctl.engine.script.BadReply;

/** The host ran something else than the script, such as nologin(8) or a forced command; with its standard error. */
final class ScriptRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient BadReply reply;
    private final transient ProgramOutput output;

    ScriptRefused(BadReply reply, ProgramOutput output) {
        super(output.text().isEmpty() ? reply.getMessage() : reply.getMessage() + ": " + output.text(), reply);
        this.reply = reply;
        this.output = output;
    }

    ProgramOutput output() {
        return output;
    }

    /** Whether nothing came on either stream. */
    boolean silent() {
        return reply.isEmpty() && output.text().isEmpty();
    }

    /** All that came instead of an answer, from both streams; empty: nothing. */
    String received() {
        return (reply.received() + " " + output.text()).strip();
    }
}
