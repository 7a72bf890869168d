package org.linkctl.engine;

import org.linkctl.engine.guard.PastRun;

/** What a rollback would do on one host: the last confirmed run of the inventory is undone, and no other. */
public sealed interface Reversal {
    /** This run is undone. */
    record Undoes(PastRun run) implements Reversal {}

    /** The inventory has changed nothing there that could be undone. */
    record Nothing() implements Reversal {}

    /** It must not be undone, or not alone; nothing is touched. */
    record Refused(String why) implements Reversal {}

    record Unreachable(String why) implements Reversal {}
}
