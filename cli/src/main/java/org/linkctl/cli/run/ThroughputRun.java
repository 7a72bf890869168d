package org.linkctl.cli.run;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.throughput.Measurement;
import org.linkctl.cli.throughput.MeasurementOutcome;
import org.linkctl.cli.throughput.MeasurementResult;
import org.linkctl.cli.throughput.RouteDirection;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Unreachable;

/** Measures routes, one direction after the other, over connections of its own. */
public final class ThroughputRun {
    /** The time of a measurement beside what it measures. */
    private static final Duration AROUND = Duration.ofSeconds(90);

    private final CommandContext context;
    private final HostRuns runs;
    private final int seconds;
    private final int flows;

    /** Measures for {@code seconds} each, with so many parallel TCP streams. */
    public ThroughputRun(CommandContext context, HostRuns runs, int seconds, int flows) {
        this.context = context;
        this.runs = runs;
        this.seconds = seconds;
        this.flows = flows;
    }

    /** The outcome of each direction; those for which no time is left are not begun. */
    public List<MeasurementOutcome> of(List<RouteDirection> trials, Duration within) {
        return each(trials, within, trial -> measurement -> measurement.of(trial));
    }

    /** The rate over all tunnels together, in bits per second: the lesser of the directions that can be measured. */
    public double together(List<RouteDirection> trials) {
        return runs.connected(
                longest(),
                connector -> trials.stream()
                        .mapToDouble(trial -> with(connector, trial, measurement -> measurement.together(trial)))
                        .min()
                        .orElseThrow());
    }

    private List<MeasurementOutcome> each(
            List<RouteDirection> trials,
            Duration within,
            Function<RouteDirection, Function<Measurement, MeasurementResult>> how) {
        long end = System.nanoTime() + within.toNanos();
        return runs.connected(
                longest(),
                connector -> trials.stream()
                        .map(trial -> System.nanoTime() > end
                                ? failed(trial, "the time that --timeout gives is over")
                                : measured(connector, trial, how.apply(trial)))
                        .toList());
    }

    private MeasurementOutcome measured(
            Connector connector, RouteDirection trial, Function<Measurement, MeasurementResult> how) {
        try {
            return with(connector, trial, how);
        } catch (IllegalStateException | Unreachable e) {
            return failed(trial, String.valueOf(e.getMessage()));
        }
    }

    private <T> T with(Connector connector, RouteDirection trial, Function<Measurement, T> how) {
        try (Connection from = connector.connect(trial.from());
                Connection to = connector.connect(trial.to())) {
            return how.apply(new Measurement(from, to, seconds, flows, runs::task));
        } finally {
            runs.task("");
        }
    }

    private MeasurementOutcome failed(RouteDirection trial, String why) {
        runs.clearProgress();
        context.message(
                "--throughput, " + trial.from().name() + " to " + trial.to().name() + ": " + why + "\n");
        return new MeasurementOutcome.Failed(trial, why);
    }

    private Duration longest() {
        return Duration.ofSeconds(seconds).plus(AROUND);
    }
}
