package org.linkctl.cli.context;

import java.util.Collection;
import java.util.Map;
import org.linkctl.engine.Checkup;
import org.linkctl.engine.Health;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.guard.History;
import org.linkctl.model.Host;
import org.linkctl.spi.Finding;

/** Exit statuses, as docs/commands.md lists them. Where several apply, the first of {@link #of(Collection)}'s order counts. */
public final class ExitStatus {
    public static final int OK = 0;
    /** Nothing more specific: the arguments, the inventory, a file, the output, this machine. */
    public static final int ERROR = 1;
    /** With {@code --detailed-exitcode}: something would change. */
    public static final int CHANGES = 2;
    /** A host could not be reached; all others went well. */
    public static final int UNREACHABLE = 3;
    /** A host is in a state that linkctl does not change, or the change needs {@code --allow-cut}. */
    public static final int REFUSED = 4;
    /** A host is not as declared: a step failed, the change was undone, or a finding is bad. */
    public static final int NOT_CONVERGED = 5;
    /** The user did not confirm; nothing was changed. */
    public static final int DECLINED = 6;
    /** Another run holds the lock of a host; nothing was changed. */
    public static final int LOCKED = 7;
    /**
     * The reader of the output has closed the pipe: the status that a shell gives a program that SIGPIPE ended (128 +
     * 13).
     */
    public static final int PIPE = 141;

    private ExitStatus() {}

    /** The status of a plan or an apply: {@link #OK} where no host has a problem. */
    public static int of(Collection<Outcome> outcomes) {
        return outcomes.stream().map(ExitStatus::of).reduce(OK, (one, other) -> rank(one) >= rank(other) ? one : other);
    }

    private static int of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Converged _, Outcome.Changed _, Outcome.WouldChange _ -> OK;
            case Outcome.NotConverged _, Outcome.Failed _, Outcome.RolledBack _ -> NOT_CONVERGED;
            case Outcome.Locked _ -> LOCKED;
            case Outcome.Refused _ -> REFUSED;
            case Outcome.Unreachable _ -> UNREACHABLE;
        };
    }

    /** The status of an apply: every host has to be as declared. */
    public static int applied(Collection<Outcome> outcomes) {
        int status = of(outcomes);
        return status == OK && !outcomes.stream().allMatch(Outcome::good) ? NOT_CONVERGED : status;
    }

    /** The status of a rollback: RolledBack is its success. */
    public static int undone(Collection<Outcome> outcomes) {
        return of(outcomes.stream()
                .filter(one -> !(one instanceof Outcome.RolledBack))
                .toList());
    }

    /** The status of a health check: doubtful findings do not count. */
    public static int of(Map<Host, Health> health) {
        return health.values().stream()
                .map(ExitStatus::of)
                .reduce(OK, (one, other) -> rank(one) >= rank(other) ? one : other);
    }

    private static int of(Health health) {
        return switch (health) {
            case Health.Examined(var findings) ->
                findings.stream().anyMatch(one -> one.health() == Finding.Health.BAD) ? NOT_CONVERGED : OK;
            case Health.Refused _ -> REFUSED;
            case Health.Unreachable _ -> UNREACHABLE;
        };
    }

    /** The status of {@code linkctl doctor}: what is doubtful does not count, nor does what was not asked. */
    public static int ofCheckups(Collection<Checkup> checkups) {
        return checkups.stream()
                .map(one -> !one.reached() ? UNREACHABLE : one.clear() ? OK : NOT_CONVERGED)
                .reduce(OK, (one, other) -> rank(one) >= rank(other) ? one : other);
    }

    public static int of(History history) {
        return history instanceof History.Known ? OK : UNREACHABLE;
    }

    private static int rank(int status) {
        return switch (status) {
            case NOT_CONVERGED -> 4;
            case LOCKED -> 3;
            case REFUSED -> 2;
            case UNREACHABLE -> 1;
            default -> 0;
        };
    }
}
