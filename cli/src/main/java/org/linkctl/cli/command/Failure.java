package org.linkctl.cli.command;

/** The command cannot go on; the message is for the user, whole, and the exit status is 1. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }
}
