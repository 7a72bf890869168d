package org.linkctl.cli.playbook;

/** A step of a playbook failed: no further one is done. */
final class StepFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the exit status of the command, of {@link org.linkctl.cli.context.ExitStatus} */
    StepFailure(int status, String why) {
        super(why);
        this.status = status;
    }

    int status() {
        return status;
    }
}
