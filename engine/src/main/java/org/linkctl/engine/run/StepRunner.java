package org.linkctl.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.linkctl.engine.Connection;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.script.Shown;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/** Carries out the steps of one host, one after another. */
final class StepRunner {
    /** A step that restarts the network may cut the connection it came by; so long the host has to come back. */
    private static final Duration COMES_BACK = Duration.ofSeconds(60);

    private static final int MOST_LOSSES = 3;

    private final Fleet fleet;
    private final Guards guards;

    StepRunner(Fleet fleet, Guards guards) {
        this.fleet = fleet;
        this.guards = guards;
    }

    /**
     * Carries out items in their order. The first step that fails ends the host's run. Where the connection is lost, the
     * rest is left for the next pass: what the host looks like then decides, no step is repeated blindly.
     */
    void carryOut(Work work, List<HostPlan.Item> items) {
        try {
            each(work, items);
        } catch (GuardFailure e) {
            work.ended = Optional.of(new Outcome.Failed(work.done(), "guard", String.valueOf(e.getMessage())));
        } catch (Unreachable e) {
            throw e;
        } catch (RuntimeException e) {
            work.ended = Optional.of(new Outcome.Failed(work.done(), "a mistake in linkctl", e.toString()));
        }
    }

    private void each(Work work, List<HostPlan.Item> items) {
        int of = items.stream().mapToInt(item -> item.steps().size()).sum();
        int before = 0;
        Connection connection = fleet.connection(work.host);
        arm(work, items);
        for (HostPlan.Item item : items) {
            int first = before;
            List<Step> steps = begun(work.host, item);
            Optional<List<StepResult>> ended = run(connection, work, steps, i -> {
                if (i > 0) fleet.events().step(work.host, steps.get(i), first + i, of);
            });
            if (ended.isEmpty()) return;
            work.carriedOut(item);
            List<StepResult> results = ended.get();
            if (!results.isEmpty() && !results.getLast().ok()) {
                work.ended = Optional.of(failed(work, steps.get(results.size() - 1), results.getLast()));
                return;
            }
            before += item.steps().size();
        }
    }

    private void arm(Work work, List<HostPlan.Item> items) {
        List<Step> steps = items.stream()
                .filter(HostPlan.Item::guarded)
                .flatMap(item -> item.steps().stream())
                .toList();
        if (!steps.isEmpty()) guards.arm(work.host, steps);
    }

    /** Its steps, if the host is this run's still. */
    private List<Step> begun(Host host, HostPlan.Item item) {
        HostGuard guard = guards.locked(host);
        List<Step> out = new ArrayList<>(List.of(item.guarded() ? guard.beginning() : guard.owning()));
        out.addAll(item.steps());
        return out;
    }

    /** Empty: the connection was lost meanwhile, and stands again. */
    private Optional<List<StepResult>> run(Connection connection, Work work, List<Step> steps, IntConsumer starting) {
        if (!steps.isEmpty()) work.touched = true;
        try {
            return Optional.of(connection.run(steps, starting));
        } catch (Unreachable e) {
            if (++work.losses > MOST_LOSSES || !fleet.timeLeft()) throw e;
            trace(work.host, e.why() + "; connecting again");
            renew(connection, e);
            work.ended = guards.undone(work.host);
            return Optional.empty();
        }
    }

    private static void renew(Connection connection, Unreachable lost) {
        try {
            connection.renew(COMES_BACK);
        } catch (Unreachable away) {
            throw new Unreachable(lost.why() + "; it did not come back: " + away.why(), away);
        }
    }

    private void trace(Host host, String text) {
        fleet.events().trace(host, text);
    }

    private static Outcome failed(Work work, Step step, StepResult result) {
        String output = result.output().isEmpty() ? "it ended with status " + result.exit() : result.output();
        return new Outcome.Failed(work.done(), Shown.of(step), output);
    }
}
