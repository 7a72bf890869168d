package org.linkctl.engine.run;

import java.time.Duration;
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
        for (StepBatch batch : StepBatch.of(items, item -> check(work.host, item))) {
            Recorder recorder = new Recorder(work, batch, before, of);
            Optional<List<StepResult>> ended = run(connection, work, batch.steps(), recorder);
            if (ended.isEmpty()) return;
            List<StepResult> results = ended.get();
            recorder.done(batch.begun(results.size() - 1));
            if (!results.getLast().ok()) {
                work.ended = Optional.of(failed(work, batch.steps().get(results.size() - 1), results.getLast()));
                return;
            }
            before += batch.own();
        }
    }

    /** Reports steps as they begin, and records the items that are done. */
    private final class Recorder implements IntConsumer {
        private final HostRun work;
        private final StepBatch batch;
        private final int before;
        private final int of;
        private int recorded;

        /**
         * @param before the steps of earlier batches
         * @param of how many there are in all
         */
        Recorder(HostRun work, StepBatch batch, int before, int of) {
            this.work = work;
            this.batch = batch;
            this.before = before;
            this.of = of;
        }

        @Override
        public void accept(int step) {
            done(batch.begun(step) - 1);
            if (!batch.isCheck(step))
                fleet.events().step(work.host, batch.steps().get(step), before + batch.own(step) + 1, of);
        }

        /** So many of the first items are done. */
        void done(int items) {
            while (recorded < items) work.recordDone(batch.items().get(recorded++));
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

    /** That the host is still this run's. */
    private Step check(Host host, HostPlan.Item item) {
        HostGuard guard = guards.locked(host);
        return item.guarded() ? guard.beginStep() : guard.ownershipStep();
    }

    /** Runs steps; empty: the connection was lost and is made again. */
    private Optional<List<StepResult>> run(
            Connection connection, HostRun work, List<Step> steps, IntConsumer starting) {
        work.changed = true;
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
