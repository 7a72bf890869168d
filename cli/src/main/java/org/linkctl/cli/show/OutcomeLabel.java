package org.linkctl.cli.show;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Outcome;

/** The word for an outcome in progress lines and logs; in capitals where the user has to act. */
public final class OutcomeLabel {
    private OutcomeLabel() {}

    /** The name in data: docs/plan-json.md. */
    public static String name(Outcome outcome) {
        return of(outcome).toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** What was in the way; null: nothing was. What a step printed is no part of it. */
    public static @Nullable String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Converged c -> null;
            case Outcome.WouldChange w -> null;
            case Outcome.Changed c -> null;
            case Outcome.NotConverged n -> n.why();
            case Outcome.Failed f -> f.step();
            case Outcome.RolledBack b -> b.why();
            case Outcome.Locked l -> l.holder();
            case Outcome.Unreachable u -> u.why();
            case Outcome.Refused r -> r.why();
        };
    }

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
