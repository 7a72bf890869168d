package org.linkctl.cli.command;

import java.util.List;
import java.util.Locale;
import org.linkctl.cli.throughput.Measured;
import org.linkctl.cli.throughput.Result;
import org.linkctl.cli.throughput.ThroughputText;
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

    /** What it is done with. */
    interface Link {
        /** Lets each port carry no more than that, in bits per second; 0 for no limit. */
        void limit(double bits);

        /** What all tunnels carry together now, in bits per second, the lesser direction's; 0 where it cannot be measured. */
        double carries();

        /** Both directions: all tunnels together, and one alone. */
        List<Measured> measure();
    }

    private final Session session;
    private final Link link;
    private final Fabric fabric;

    DemoMeasurement(Session session, Link link, Fabric fabric) {
        this.session = session;
        this.link = link;
        this.fabric = fabric;
    }

    /** Whether it was shown, both ways. */
    boolean shown() {
        for (int share : SHARES) {
            if (shown(share)) return true;
            boolean last = share == SHARES.getLast();
            session.print("\nThat is not " + number(SHOWN)
                    + " times both ways: the processor was the limit, not the ports, since this"
                    + " machine\nhad more to do than just before." + (last ? "\n" : " It is measured again.\n"));
        }
        return false;
    }

    private boolean shown(int share) {
        link.limit(0);
        double carried = link.carries();
        double port = carried / share;
        session.print("\nWithout a limit the emulated hosts carry " + ThroughputText.rate(carried)
                + " just now: the processor" + " is the limit.\n");
        if (port < LEAST) {
            session.print("That is too little to share among ports.\n");
            return false;
        }
        session.print("So each port of a-gw is limited to " + ThroughputText.rate(port) + ", 1/" + share
                + " of that: now the ports are the limit.\n");
        link.limit(port);
        List<Measured> measured = link.measure();
        for (Measured one : measured) {
            if (one instanceof Result result) session.print("\n" + ThroughputText.of(result, fabric));
        }
        return measured.stream().allMatch(one -> one instanceof Result result && result.times() >= SHOWN);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
