package org.linkctl.cli.lab;

import java.util.List;
import java.util.Locale;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.throughput.EarlierRates;
import org.linkctl.cli.throughput.MeasurementOutcome;
import org.linkctl.cli.throughput.MeasurementResult;
import org.linkctl.cli.throughput.ThroughputText;
import org.linkctl.model.Fabric;

/**
 * The last part of the demo: that three ports carry three times what one does. That can be seen only where the ports are the
 * limit, and what emulated hosts forward depends on what else this machine has to do: so each port is given a share of what
 * they carry just now, and where that changes meanwhile it is measured again.
 */
public final class DemoMeasurement {
    /** How many times the rate of one tunnel all of them have to carry; three ports would give 3.0. */
    private static final double SHOWN = 2.5;

    /**
     * The share of the hosts' rate that each port is limited to, as divisors; with the first, three ports take half of
     * it.
     */
    private static final List<Integer> SHARES = List.of(6, 9, 12);

    /** The least limit of a port, in bits per second: below it TCP's slow start dominates the measurement. */
    private static final double LEAST = 200_000;

    /** The link that is measured. */
    interface Link {
        /** Limits each port to this rate in bits per second; 0: no limit. */
        void limit(double bits);

        /** The rate of all tunnels together in bits per second, of the slower direction; 0: it cannot be measured. */
        double carries();

        /** Measures both directions: all tunnels together, and one alone. */
        List<MeasurementOutcome> measure();
    }

    private final CommandContext context;
    private final Link link;
    private final Fabric fabric;

    DemoMeasurement(CommandContext context, Link link, Fabric fabric) {
        this.context = context;
        this.link = link;
        this.fabric = fabric;
    }

    /** Whether both directions showed it. */
    boolean shown() {
        for (int share : SHARES) {
            if (shown(share)) return true;
            boolean last = share == SHARES.getLast();
            context.print("\nThat is not " + number(SHOWN)
                    + " times both ways: the processor was the limit, not the ports, since this"
                    + " machine\nhad more to do than just before." + (last ? "\n" : " It is measured again.\n"));
        }
        return false;
    }

    private boolean shown(int share) {
        link.limit(0);
        double carried = link.carries();
        double port = carried / share;
        context.print("\nWithout a limit the emulated hosts carry " + ThroughputText.rate(carried)
                + " just now: the processor" + " is the limit.\n");
        if (port < LEAST) {
            context.print("That is too little to share among ports.\n");
            return false;
        }
        context.print("So each port of a-gw is limited to " + ThroughputText.rate(port) + ", 1/" + share
                + " of that: now the ports are the limit.\n");
        link.limit(port);
        List<MeasurementOutcome> measured = link.measure();
        for (MeasurementOutcome one : measured) {
            if (one instanceof MeasurementResult result)
                context.print("\n" + ThroughputText.of(result, fabric, EarlierRates.NONE));
        }
        return measured.stream().allMatch(one -> one instanceof MeasurementResult result && result.times() >= SHOWN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
