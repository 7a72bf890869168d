package org.linkctl.engine.script;

/** What one command of a script came to: status and both streams, byte by byte. */
final class Part {
    private final Status status;
    private final byte[] out;
    private final byte[] err;

    Part(Status status, byte[] out, byte[] err) {
        this.status = status;
        this.out = out;
        this.err = err;
    }

    /** How a command ended. */
    sealed interface Status {
        /** By itself or by a signal (128 and more). */
        record Exit(int code) implements Status {}

        /** The host ended it because it took too long. */
        record Late() implements Status {}

        /** There was no room on the host for its output. */
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
