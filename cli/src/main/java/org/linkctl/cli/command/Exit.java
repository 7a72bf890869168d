package org.linkctl.cli.command;

import java.util.Collection;
import java.util.Map;
import org.linkctl.engine.Health;
import org.linkctl.engine.History;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spi.Finding;

/** Exit statuses, as docs/commands.md lists them. Where several apply, the first of {@link #of(Collection)}'s order counts. */
public final class Exit {
    public static final int OK = 0;
    /** Nothing more specific: the arguments, the inventory, a file, the output, this machine. */
    public static final int ERROR = 1;
    /** With {@code --detailed-exitcode}: something would change. */
    public static final int CHANGES = 2;
    /** A host could not be reached; all others went well. */
    public static final int UNREACHABLE = 3;
    /** A host is in a state that linkctl does not touch, or the change is one that it does not make. */
    public static final int REFUSED = 4;
    /** A host is not as the inventory says: a step failed, the change was rolled back, or something is not in health. */
    public static final int NOT_CONVERGED = 5;
    /** The question was answered with another word than yes; nothing was changed. */
    public static final int DECLINED = 6;
    /** Another run has one of the hosts; nothing was changed. */
    public static final int LOCKED = 7;
    /** The reader of the output has gone, as a shell tells of a program that SIGPIPE ended (128 + 13). */
    public static final int PIPE = 141;

    private Exit() {}

    /** What hosts that were planned or changed come to: {@link #OK} where none has a problem. */
    static int of(Collection<Outcome> outcomes) {
        return outcomes.stream().map(Exit::of).reduce(OK, (one, other) -> rank(one) >= rank(other) ? one : other);
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

    /** The same of an apply: every host has to be as wanted. */
    static int applied(Collection<Outcome> outcomes) {
        int status = of(outcomes);
        return status == OK && !outcomes.stream().allMatch(Outcome::good) ? NOT_CONVERGED : status;
    }

    /** The same of a rollback, whose good end is another one. */
    static int undone(Collection<Outcome> outcomes) {
        return of(outcomes.stream()
                .filter(one -> !(one instanceof Outcome.RolledBack))
                .toList());
    }

    /** The same of an examination: what is doubtful is no problem. */
    static int of(Map<Host, Health> health) {
        return health.values().stream()
                .map(Exit::of)
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

    static int of(History history) {
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
