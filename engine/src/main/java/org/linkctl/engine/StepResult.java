package org.linkctl.engine;

/**
 * The result of a step.
 *
 * @param exit 0: it succeeded; {@link #TOO_LONG}: the host ended it after its timeout
 * @param output the end of standard output and standard error
 */
public record StepResult(int exit, String output) {
    /** The exit status of timeout(1) for a command that timed out. */
    public static final int TOO_LONG = 124;

    public boolean ok() {
        return exit == 0;
    }
}
