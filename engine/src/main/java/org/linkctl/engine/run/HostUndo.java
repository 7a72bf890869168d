package org.linkctl.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;

/** Has hosts undo the change of this run, waits until they have, and sets the outcome of each. */
final class HostUndo {
    /** How long the undo itself may take, after the guard has begun it. */
    private static final Duration UNDO_TIME = Duration.ofMinutes(2);

    private final Fleet fleet;
    private final Guards guards;
    private final Map<Host, HostRun> works;
    private final Map<Host, String> reasons;

    /** @param reasons why each host undoes its change; a host that turns out to be confirmed is removed */
    HostUndo(Fleet fleet, Guards guards, Map<Host, HostRun> works, Map<Host, String> reasons) {
        this.fleet = fleet;
        this.guards = guards;
        this.works = works;
        this.reasons = reasons;
    }

    private HostRun run(Host host) {
        return Objects.requireNonNull(works.get(host), host.name());
    }

    private String reason(Host host) {
        return String.valueOf(reasons.get(host));
    }

    /** Has hosts undo a change that is not confirmed yet. */
    void undo(List<Host> hosts) {
        rollBack(hosts, this::triggerUndo);
    }

    /** Has hosts undo a change that they have confirmed. */
    void revert(List<Host> hosts) {
        rollBack(hosts, this::revert);
    }

    /** Starts the undo, waits for its end, and records that it was reported. */
    private void rollBack(List<Host> hosts, BiConsumer<Host, HostGuard> way) {
        Duration within = guards.safety().confirmWithin().plus(UNDO_TIME);
        Map<Host, Optional<PastRun>> undone = fleet.each(
                hosts,
                host -> {
                    HostGuard guard = guards.of(host);
                    fleet.events().rollingBack(host, reason(host));
                    way.accept(host, guard);
                    Optional<PastRun> past = guard.undone(within);
                    past.filter(PastRun::undone).ifPresent(run -> markReported(host, guard, run));
                    return past;
                },
                (host, lost) -> Optional.empty());
        undone.forEach(this::recordOutcome);
    }

    /** If this fails, the next run reports the undo again. */
    private void markReported(Host host, HostGuard guard, PastRun run) {
        try {
            guard.markReported(run.id());
        } catch (Unreachable | GuardFailure e) {
            fleet.events().trace(host, String.valueOf(e.getMessage()));
        }
    }

    private void triggerUndo(Host host, HostGuard guard) {
        try {
            guard.triggerUndo(reason(host));
        } catch (Unreachable | GuardFailure e) {
            fleet.events().trace(host, e.getMessage() + "; it undoes the change by itself");
        }
    }

    /** Undoes what was just confirmed, unless another run holds the lock by now. */
    private void revert(Host host, HostGuard guard) {
        try {
            Optional<String> holder = guard.lock();
            if (holder.isEmpty()) guard.revert(guards.runId(), reason(host));
            else fleet.events().notice(host, "stays changed, since somebody is at work there: " + holder.get());
        } catch (Unreachable | GuardFailure e) {
            fleet.events().notice(host, "stays changed: " + e.getMessage());
        }
    }

    private void recordOutcome(Host host, Optional<PastRun> past) {
        HostRun work = run(host);
        if (past.filter(PastRun::confirmed).isPresent()) {
            reasons.remove(host); // It was confirmed; only the answer was lost.
        } else if (work.ended.isEmpty() || past.filter(PastRun::neverArmed).isEmpty()) {
            work.ended = Optional.of(rolledBack(host, past));
        }
    }

    /** What the step printed that failed; empty: none did. */
    private String printed(Host host) {
        return run(host).ended.orElse(null) instanceof Outcome.Failed failed ? failed.output() : "";
    }

    private Outcome rolledBack(Host host, Optional<PastRun> past) {
        String why = reason(host);
        if (past.isPresent() && past.get().partlyUndone()) {
            return new Outcome.Failed(
                    run(host).done(), "undoing it", why + "\n" + past.get().why());
        }
        if (past.isPresent() && past.get().undone())
            return new Outcome.RolledBack(run(host).done(), why, printed(host));
        boolean idle = past.isPresent() && past.get().neverArmed();
        if (idle) return new Outcome.Unreachable(why);
        String unseen = "\nWhether the host has undone the change could not be seen; it does so by itself within "
                + guards.safety().confirmWithin().toSeconds() + " s.";
        // The first failure is the cause, not that the host is unreachable now.
        if (run(host).ended.orElse(null) instanceof Outcome.Failed(HostPlan plan, String step, String output))
            return new Outcome.Failed(plan, step, output + unseen);
        return new Outcome.Unreachable(why + unseen);
    }
}
