package org.linkctl.engine.script;

import java.io.IOException;
import java.time.Duration;

/** Ends the shell of a lost connection; true where it is gone. */
final class TakeoverExchange extends Exchange<Boolean> {
    TakeoverExchange(ShellId shellId, Limits limits) {
        super(ScriptWriter.takeover(shellId, limits));
    }

    @Override
    public Duration longest() {
        // The host reports after the command's timeout that the shell has not ended.
        return limits().command().plus(limits().checkInterval().multipliedBy(4));
    }

    @Override
    Boolean read(FrameReader frames) throws IOException {
        CommandResult.Status status = frames.status(1);
        frames.streams(ScriptWriter.files(1));
        return status instanceof CommandResult.Status.Exit;
    }
}
