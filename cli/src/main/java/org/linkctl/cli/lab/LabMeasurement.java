package org.linkctl.cli.lab;

import java.time.Duration;
import java.util.List;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.ThroughputRun;
import org.linkctl.cli.throughput.MeasurementOutcome;
import org.linkctl.cli.throughput.RouteDirection;
import org.linkctl.engine.Unreachable;
import org.linkctl.lab.Wires;
import org.linkctl.model.Fabric;

/** Measures the link between the two sites of the lab. */
public final class LabMeasurement implements DemoMeasurement.Link {
    private static final int SHORT = 6;
    private static final int SECONDS = 10;
    private static final int FLOWS = 24;
    private static final Duration WITHIN = Duration.ofMinutes(20);

    private final CommandContext context;
    private final HostRuns runs;
    private final Wires wires;
    private final int ports;
    private final List<RouteDirection> trials;

    /** @param ports that a-gw's bond has */
    LabMeasurement(CommandContext context, HostRuns runs, Wires wires, Fabric fabric, int ports) {
        this.context = context;
        this.runs = runs;
        this.wires = wires;
        this.ports = ports;
        this.trials = RouteDirection.of(fabric);
    }

    @Override
    public void limit(double bits) {
        for (int port = 1; port <= ports; port++) wires.shape("a-gw", "eth" + port, bits / 1e6);
    }

    @Override
    public double carries() {
        try {
            return new ThroughputRun(context, runs, SHORT, FLOWS).together(trials);
        } catch (IllegalStateException | Unreachable e) {
            runs.clearProgress();
            context.message("cannot measure: " + e.getMessage() + "\n");
            return 0;
        } finally {
            runs.clearProgress();
        }
    }

    @Override
    public List<MeasurementOutcome> measure() {
        List<MeasurementOutcome> measured = new ThroughputRun(context, runs, SECONDS, FLOWS).of(trials, WITHIN);
        runs.clearProgress();
        return measured;
    }
}
