package org.linkctl.cli.context;

/** The command cannot go on; the message is complete and for the user. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public Failure(String message) {
        this(ExitStatus.ERROR, message);
    }

    /** @param status the exit status, of {@link ExitStatus} */
    public Failure(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
