package org.linkctl.cli.show;

import org.linkctl.engine.Outcome;

/** The word for an outcome in progress lines and logs; in capitals where the user has to act. */
public final class OutcomeLabel {
    private OutcomeLabel() {}

    public static String of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Converged c -> "converged";
            case Outcome.WouldChange w -> "would change";
            case Outcome.Changed c -> "changed";
            case Outcome.NotConverged n -> "NOT CONVERGED";
            case Outcome.Failed f -> "FAILED";
            case Outcome.RolledBack b -> "ROLLED BACK";
            case Outcome.Locked l -> "LOCKED";
            case Outcome.Unreachable u -> "UNREACHABLE";
            case Outcome.Refused r -> "REFUSED";
        };
    }
}
