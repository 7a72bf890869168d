package org.linkctl.cli.command;

/** The command cannot go on; the message is for the user, whole. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public Failure(String message) {
        this(Exit.ERROR, message);
    }

    /** @param status that the command ends with, of {@link Exit} */
    public Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
