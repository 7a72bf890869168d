package org.linkctl.engine.script;

import java.io.IOException;
import java.time.Duration;

/** Whether the shell before this one is gone. */
final class Succeeding extends Exchange<Boolean> {
    Succeeding(Former former, Limits limits) {
        super(Scripts.succeeding(former, limits));
    }

    @Override
    public Duration longest() {
        // The host itself says after the command's time that it has not ended.
        return limits().command().plus(limits().look().multipliedBy(4));
    }

    @Override
    Boolean read(Frames frames) throws IOException {
        Part.Status status = frames.status(1);
        frames.streams(Scripts.files(1));
        return status instanceof Part.Status.Exit;
    }
}
