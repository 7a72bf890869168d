package org.linkctl.engine;

/**
 * What a step came to.
 *
 * @param exit 0 where it was done; {@link #TOO_LONG} where the host ended it
 * @param output the end of both streams
 */
public record StepResult(int exit, String output) {
    /** As timeout(1) says it. */
    public static final int TOO_LONG = 124;

    public boolean ok() {
        return exit == 0;
    }
}
