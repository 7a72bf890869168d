package org.linkctl.engine.script;

/** The result of one command of a script: its status and both streams. */
final class CommandResult {
    private final Status status;
    private final byte[] out;
    private final byte[] err;

    CommandResult(Status status, byte[] out, byte[] err) {
        this.status = status;
        this.out = out;
        this.err = err;
    }

    /** How a command ended. */
    sealed interface Status {
        /** It exited by itself, or by a signal (128 and more). */
        record Exit(int code) implements Status {}

        /** The host ended it after its timeout. */
        record TimedOut() implements Status {}

        /** The host had no disk space for its output. */
        record NoRoom() implements Status {}
    }

    Status status() {
        return status;
    }

    byte[] out() {
        return out;
    }

    byte[] err() {
        return err;
    }
}
