package org.linkctl.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.linkctl.cli.throughput.Measured;
import org.linkctl.cli.throughput.Measurement;
import org.linkctl.cli.throughput.Result;
import org.linkctl.cli.throughput.Trial;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Unreachable;

/** Measures routes, one direction after the other, over connections of its own. */
final class Throughput {
    /** What a measurement takes beside the time that it measures. */
    private static final Duration AROUND = Duration.ofSeconds(90);

    private final Session session;
    private final Runs runs;
    private final int seconds;
    private final int flows;

    /** Measures for {@code seconds} each, with so many parallel TCP streams. */
    Throughput(Session session, Runs runs, int seconds, int flows) {
        this.session = session;
        this.runs = runs;
        this.seconds = seconds;
        this.flows = flows;
    }

    /** What becomes of each; those that the time is over for are not begun. */
    List<Measured> of(List<Trial> trials, Duration within) {
        return each(trials, within, trial -> measurement -> measurement.of(trial));
    }

    /** The same in short: bits per second over all tunnels of the first route that can be measured, the lesser direction's. */
    double together(List<Trial> trials) {
        return runs.connected(
                longest(),
                connector -> trials.stream()
                        .mapToDouble(trial -> with(connector, trial, measurement -> measurement.together(trial)))
                        .min()
                        .orElseThrow());
    }

    private List<Measured> each(
            List<Trial> trials, Duration within, Function<Trial, Function<Measurement, Result>> how) {
        long end = System.nanoTime() + within.toNanos();
        return runs.connected(
                longest(),
                connector -> trials.stream()
                        .map(trial -> System.nanoTime() > end
                                ? failed(trial, "the time that --timeout gives is over")
                                : measured(connector, trial, how.apply(trial)))
                        .toList());
    }

    private Measured measured(Connector connector, Trial trial, Function<Measurement, Result> how) {
        try {
            return with(connector, trial, how);
        } catch (IllegalStateException | Unreachable e) {
            return failed(trial, String.valueOf(e.getMessage()));
        }
    }

    private <T> T with(Connector connector, Trial trial, Function<Measurement, T> how) {
        try (Connection from = connector.connect(trial.from());
                Connection to = connector.connect(trial.to())) {
            return how.apply(new Measurement(from, to, seconds, flows, runs::task));
        } finally {
            runs.task("");
        }
    }

    private Measured failed(Trial trial, String why) {
        runs.quiet();
        session.tell(
                "--throughput, " + trial.from().name() + " to " + trial.to().name() + ": " + why + "\n");
        return new Measured.Failed(trial, why);
    }

    private Duration longest() {
        return Duration.ofSeconds(seconds).plus(AROUND);
    }
}
