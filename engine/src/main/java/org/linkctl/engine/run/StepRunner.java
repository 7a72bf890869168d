package org.linkctl.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.linkctl.engine.Connection;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.SharedChanges;
import org.linkctl.engine.script.CommandText;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Resource;

/** Carries out the steps of one host, one after another. */
final class StepRunner {
    /** How long a host may take to be reachable again after a step that has cut its connection. */
    private static final Duration RECONNECT_TIME = Duration.ofSeconds(60);

    private static final int MAX_CONNECTION_LOSSES = 3;

    private final Fleet fleet;
    private final Guards guards;

    StepRunner(Fleet fleet, Guards guards) {
        this.fleet = fleet;
        this.guards = guards;
    }

    /**
     * Carries out items in order. The first step that fails ends the host's run. Where the connection is lost, the rest
     * is left for the next pass: a new probe decides what is left, and no step is repeated blindly.
     */
    void carryOut(HostRun work, List<HostPlan.Item> items) {
        try {
            runAll(work, items);
        } catch (GuardFailure e) {
            work.ended = Optional.of(new Outcome.Failed(work.done(), "guard", String.valueOf(e.getMessage())));
        } catch (Unreachable e) {
            throw e;
        } catch (RuntimeException e) {
            work.ended = Optional.of(new Outcome.Failed(work.done(), "a mistake in linkctl", e.toString()));
        }
    }

    private void runAll(HostRun work, List<HostPlan.Item> items) {
        int of = items.stream().mapToInt(item -> item.steps().size()).sum();
        int before = 0;
        Connection connection = fleet.connection(work.host);
        arm(work, items);
        for (HostPlan.Item item : items) {
            int first = before;
            List<Step> steps = stepsOf(work.host, item);
            fleet.events().itemStarted(work.host, item);
            Optional<List<StepResult>> ended = run(connection, work, steps, i -> {
                if (i > 0) fleet.events().step(work.host, steps.get(i), first + i, of);
            });
            if (ended.isEmpty()) return;
            work.recordDone(item);
            List<StepResult> results = ended.get();
            boolean good = results.isEmpty() || results.getLast().ok();
            fleet.events().itemEnded(work.host, item, good);
            if (!good) {
                Step step = steps.get(results.size() - 1);
                fleet.events().notice(work.host, "a step failed: " + CommandText.line(step));
                work.ended = Optional.of(failed(work, step, results.getLast()));
                return;
            }
            before += item.steps().size();
        }
    }

    private void arm(HostRun work, List<HostPlan.Item> items) {
        List<HostPlan.Item> guarded =
                items.stream().filter(HostPlan.Item::guarded).toList();
        List<Step> steps =
                guarded.stream().flatMap(item -> item.steps().stream()).toList();
        if (!steps.isEmpty()) guards.arm(work.host, steps, sharedChanges(work.host, guarded));
    }

    /** What items change that concerns other hosts too; a path through a host has no other end. */
    private static SharedChanges sharedChanges(Host host, List<HostPlan.Item> items) {
        Set<String> paths = new LinkedHashSet<>();
        Set<String> partners = new LinkedHashSet<>();
        for (HostPlan.Item item : items) {
            item.paths().path().ifPresent(paths::add);
            partners.addAll(item.partners());
        }
        paths.remove(Resource.through(host.name()));
        return new SharedChanges(paths, partners);
    }

    /** The steps of an item, behind a check that this run still holds the lock. */
    private List<Step> stepsOf(Host host, HostPlan.Item item) {
        HostGuard guard = guards.locked(host);
        List<Step> out = new ArrayList<>(List.of(item.guarded() ? guard.beginStep() : guard.ownershipStep()));
        out.addAll(item.steps());
        return out;
    }

    /** Runs steps; empty: the connection was lost and is made again. */
    private Optional<List<StepResult>> run(
            Connection connection, HostRun work, List<Step> steps, IntConsumer starting) {
        if (!steps.isEmpty()) work.changed = true;
        try {
            return Optional.of(connection.run(steps, starting));
        } catch (Unreachable e) {
            if (++work.connectionLosses > MAX_CONNECTION_LOSSES || !fleet.timeLeft()) throw e;
            trace(work.host, e.why() + "; connecting again");
            reconnect(connection, e);
            work.ended = guards.undone(work.host);
            return Optional.empty();
        }
    }

    private static void reconnect(Connection connection, Unreachable lost) {
        try {
            connection.reconnect(RECONNECT_TIME);
        } catch (Unreachable away) {
            throw new Unreachable(lost.why() + "; it did not come back: " + away.why(), away);
        }
    }

    private void trace(Host host, String text) {
        fleet.events().trace(host, text);
    }

    private static Outcome failed(HostRun work, Step step, StepResult result) {
        String output = result.output().isEmpty() ? "it ended with status " + result.exit() : result.output();
        return new Outcome.Failed(work.done(), CommandText.of(step), output);
    }
}
