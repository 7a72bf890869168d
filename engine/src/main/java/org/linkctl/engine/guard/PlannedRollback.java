package org.linkctl.engine.guard;

/** What a rollback would do on one host: it undoes the last confirmed run of the inventory, and no other. */
public sealed interface PlannedRollback {
    /** This run is undone. */
    record Undoes(PastRun run) implements PlannedRollback {}

    /** No confirmed run of this inventory is recorded on the host. */
    record Nothing() implements PlannedRollback {}

    /** The run must not be undone, or not on this host alone; nothing is changed. */
    record Refused(String why) implements PlannedRollback {}

    record Unreachable(String why) implements PlannedRollback {}
}
