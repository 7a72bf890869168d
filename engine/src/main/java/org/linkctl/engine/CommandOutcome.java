package org.linkctl.engine;

/** What became of a command that was to be run on a host. */
public sealed interface CommandOutcome {
    /**
     * It ended.
     *
     * @param output standard output, for a question; with the standard error behind it, for a command that may change
     *     something
     */
    record Ended(int status, String output) implements CommandOutcome {}

    /** It was not run, or it is not known how it ended: Locked, Refused or Unreachable. */
    record NotKnown(Outcome why) implements CommandOutcome {}
}
