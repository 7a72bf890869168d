package org.linkctl.engine.script;

import java.io.IOException;

/** Whether the shell before this one is gone. */
final class Succeeding extends Exchange<Boolean> {
    Succeeding(Former former, Limits limits) {
        super(Scripts.succeeding(former, limits));
    }

    @Override
    Boolean read(Frames frames) throws IOException {
        Part.Status status = frames.status(1);
        frames.streams(Scripts.files(1));
        return status instanceof Part.Status.Exit;
    }
}
