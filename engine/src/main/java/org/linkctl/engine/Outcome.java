package org.linkctl.engine;

import java.util.Optional;

/** How a host's run ended. The set is closed, so that reports and exit statuses cover every case. */
public sealed interface Outcome {
    /** Nothing differed; nothing was done. */
    record Converged() implements Outcome {}

    /** Something differs; nothing was done, since only a plan was asked for. */
    record WouldChange(HostPlan plan) implements Outcome {}

    /** The plan was carried out, and a probe afterwards found no difference. */
    record Changed(HostPlan plan) implements Outcome {}

    /** Something still differs after the steps, or depends on a value that is not known. */
    record NotConverged(HostPlan done, HostPlan left, String why) implements Outcome {}

    /** A step failed; the steps after it were not run. */
    record Failed(HostPlan plan, String step, String output) implements Outcome {}

    /**
     * The change was not confirmed, and the host has undone it.
     *
     * @param output what the step printed that failed; empty: none did
     */
    record RolledBack(HostPlan plan, String why, String output) implements Outcome {
        public RolledBack(HostPlan plan, String why) {
            this(plan, why, "");
        }

        /** For people: why, and what was printed. */
        public String told() {
            return output.isEmpty() ? why : why + "\n" + output;
        }
    }

    /** Another run holds the host's lock; nothing was changed. */
    record Locked(String holder) implements Outcome {}

    /** The host could not be reached, or the connection was lost. */
    record Unreachable(String why) implements Outcome {}

    /**
     * The host is in a state that linkctl does not change, or its answers could not be understood; nothing was changed.
     *
     * @param plan what would be done otherwise, with the refusals in place; empty where that is not known
     */
    record Refused(String why, Optional<HostPlan> plan) implements Outcome {
        public Refused(String why) {
            this(why, Optional.empty());
        }
    }

    /** Whether the host is as declared. */
    default boolean good() {
        return this instanceof Converged || this instanceof Changed;
    }
}
