package org.linkctl.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.linkctl.engine.Connection;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.StepResult;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Shown;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/** Carries out the steps of one host, one after another. */
final class StepRunner {
    /** A step that restarts the network may cut the connection it came by; so long the host has to come back. */
    private static final Duration COMES_BACK = Duration.ofSeconds(60);

    private static final int MOST_LOSSES = 3;

    private final Fleet fleet;

    StepRunner(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * Carries out items in their order. The first step that fails ends the host's run. Where the connection is lost, the
     * rest is left for the next pass: what the host looks like then decides, no step is repeated blindly.
     */
    void carryOut(Work work, List<HostPlan.Item> items) {
        int of = items.stream().mapToInt(item -> item.steps().size()).sum();
        int number = 0;
        Connection connection = fleet.connection(work.host);
        for (HostPlan.Item item : items) {
            for (Step step : item.steps()) {
                fleet.events().step(work.host, step, ++number, of);
                Optional<StepResult> result = run(connection, work, step);
                if (result.isEmpty()) return;
                if (!result.get().ok()) {
                    work.carriedOut(item);
                    work.ended = Optional.of(failed(work, step, result.get()));
                    return;
                }
            }
            work.carriedOut(item);
        }
    }

    /** Empty: the connection was lost meanwhile, and stands again. */
    private Optional<StepResult> run(Connection connection, Work work, Step step) {
        work.touched = true;
        try {
            return Optional.of(connection.run(step));
        } catch (Unreachable e) {
            if (++work.losses > MOST_LOSSES || !fleet.timeLeft()) throw e;
            trace(work.host, e.why() + "; connecting again");
            connection.renew(COMES_BACK);
            return Optional.empty();
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
