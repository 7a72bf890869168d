package org.linkctl.engine;

import java.util.Optional;

/** How a host's run ended. The set is closed: reports and exit codes know every case. */
public sealed interface Outcome {
    /** Nothing differed; nothing was done. */
    record Converged() implements Outcome {}

    /** Something differs; nothing was done, as asked. */
    record WouldChange(HostPlan plan) implements Outcome {}

    /** The plan was carried out, and a second look found no difference. */
    record Changed(HostPlan plan) implements Outcome {}

    /** Something still differs after the steps, or cannot be known. */
    record NotConverged(HostPlan done, HostPlan left, String why) implements Outcome {}

    /** A step failed; the steps after it were not run. */
    record Failed(HostPlan plan, String step, String output) implements Outcome {}

    /** The change was not confirmed, and the host is as it was before. */
    record RolledBack(HostPlan plan, String why) implements Outcome {}

    /** Somebody else is at work there; nothing was changed. */
    record Locked(String holder) implements Outcome {}

    /** The host could not be reached, or the connection was lost. */
    record Unreachable(String why) implements Outcome {}

    /**
     * What was found there is nothing linkctl configures, or could not be understood; nothing was changed.
     *
     * @param plan what would be done there otherwise, with what was refused in its place; empty where that cannot be told
     */
    record Refused(String why, Optional<HostPlan> plan) implements Outcome {
        public Refused(String why) {
            this(why, Optional.empty());
        }
    }

    /** Whether the host is as the inventory wants it. */
    default boolean good() {
        return this instanceof Converged || this instanceof Changed;
    }
}
