package org.linkctl.cli.command;

import java.time.Duration;
import java.util.List;
import org.linkctl.cli.throughput.Measured;
import org.linkctl.cli.throughput.Trial;
import org.linkctl.engine.Unreachable;
import org.linkctl.lab.Wires;
import org.linkctl.model.Fabric;

/** The link between the two sites of the lab. */
final class LabLink implements DemoMeasurement.Link {
    private static final int SHORT = 6;
    private static final int SECONDS = 10;
    private static final int FLOWS = 24;
    private static final Duration WITHIN = Duration.ofMinutes(20);

    private final Session session;
    private final Runs runs;
    private final Wires wires;
    private final int ports;
    private final List<Trial> trials;

    /** @param ports that a-gw's bond has */
    LabLink(Session session, Runs runs, Wires wires, Fabric fabric, int ports) {
        this.session = session;
        this.runs = runs;
        this.wires = wires;
        this.ports = ports;
        this.trials = Trial.of(fabric);
    }

    @Override
    public void limit(double bits) {
        for (int port = 1; port <= ports; port++) wires.shape("a-gw", "eth" + port, bits / 1e6);
    }

    @Override
    public double carries() {
        try {
            return new Throughput(session, runs, SHORT, FLOWS).together(trials);
        } catch (IllegalStateException | Unreachable e) {
            runs.quiet();
            session.tell("cannot measure: " + e.getMessage() + "\n");
            return 0;
        } finally {
            runs.quiet();
        }
    }

    @Override
    public List<Measured> measure() {
        List<Measured> measured = new Throughput(session, runs, SECONDS, FLOWS).of(trials, WITHIN);
        runs.quiet();
        return measured;
    }
}
