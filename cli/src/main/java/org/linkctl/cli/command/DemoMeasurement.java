package org.linkctl.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.linkctl.cli.throughput.Measured;
import org.linkctl.cli.throughput.Result;
import org.linkctl.cli.throughput.ThroughputText;
import org.linkctl.cli.throughput.Trial;
import org.linkctl.engine.Unreachable;
import org.linkctl.lab.Wires;
import org.linkctl.model.Fabric;

/**
 * The last part of the demo: that three ports carry three times what one does. That can be seen only where the ports are the
 * limit, and what emulated hosts forward depends on what else this machine has to do: so each port is given a share of what
 * they carry just now, and where that changes meanwhile it is measured again.
 */
final class DemoMeasurement {
    /** So many times one tunnel's rate all of them have to carry together; three ports would give 3.0. */
    private static final double SHOWN = 2.5;

    /** A port's share of what the hosts carry: with the first, three ports take half of it. */
    private static final List<Integer> SHARES = List.of(6, 9, 12);

    /** Bits per second a port below which TCP's own start is most of what is measured. */
    private static final double LEAST = 200_000;

    private static final int SHORT = 6;
    private static final int SECONDS = 10;
    private static final int FLOWS = 24;
    private static final Duration WITHIN = Duration.ofMinutes(20);

    private final Session session;
    private final Runs runs;
    private final Wires wires;
    private final Fabric fabric;
    private final int ports;

    DemoMeasurement(Session session, Runs runs, Wires wires, Fabric fabric, int ports) {
        this.session = session;
        this.runs = runs;
        this.wires = wires;
        this.fabric = fabric;
        this.ports = ports;
    }

    /** Whether it was shown, both ways. */
    boolean shown() {
        List<Trial> trials = Trial.of(fabric);
        for (int share : SHARES) {
            if (shown(trials, share)) return true;
            session.print("\nThat is less than " + number(SHOWN) + " times: the processor was the limit, not the ports,"
                    + " since this machine has more to do\nthan a moment ago."
                    + (share == SHARES.getLast() ? "\n" : " It is measured again.\n"));
        }
        return false;
    }

    private boolean shown(List<Trial> trials, int share) {
        shape(0);
        double carried = carried(trials);
        double port = carried / share;
        session.print("\nWithout a limit the emulated hosts carry " + ThroughputText.rate(carried)
                + " just now: the processor"
                + " is the limit. So each port of a-gw\nis limited to " + ThroughputText.rate(port) + ", 1/" + share
                + " of that, and the ports are.\n");
        if (port < LEAST) return false;
        shape(port);
        List<Measured> measured = new Throughput(session, runs, SECONDS, FLOWS).of(trials, WITHIN);
        runs.quiet();
        for (Measured one : measured) {
            if (one instanceof Result result) session.print("\n" + ThroughputText.of(result, fabric));
        }
        return measured.stream().allMatch(one -> one instanceof Result result && result.times() >= SHOWN);
    }

    /** Bits per second; 0 where it cannot be measured, which is told. */
    private double carried(List<Trial> trials) {
        try {
            return new Throughput(session, runs, SHORT, FLOWS).together(trials);
        } catch (IllegalStateException | Unreachable e) {
            session.tell("cannot measure: " + e.getMessage() + "\n");
            return 0;
        } finally {
            runs.quiet();
        }
    }

    private void shape(double bits) {
        for (int port = 1; port <= ports; port++) wires.shape("a-gw", "eth" + port, bits / 1e6);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
