package org.linkctl.cli.show;

/**
 * How a step of a playbook ended.
 *
 * @param why it failed, or what it found; empty: nothing to say
 * @param seconds how long it took
 */
public record StepReport(Outcome outcome, String why, double seconds) {
    /** How it ended, or that it has not. */
    public enum Outcome {
        BEGUN,
        DONE,
        SKIPPED,
        FAILED
    }
}
