package org.linkctl.lab;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How long something is waited for: a limit for a machine that has nothing else to do, which stretches as long as the
 * machine has. Emulated hosts share its processors with everything that runs: at a load of 20 on two of them all takes ten
 * times as long, so that ten seconds count as one. A machine that emulates more slowly than the one on which the limits were
 * measured gets as many times more ({@link MachineSpeed}). There is an end all the same, {@link #MOST} times the limit.
 */
public final class Patience {
    /** By how much a limit stretches at most. */
    static final int MOST = 20;

    private final Duration limit;
    private final DoubleSupplier slowness;
    private final LongSupplier clock;
    private final long start;
    private long seen;
    private double counted;

    private Patience(Duration limit, DoubleSupplier slowness, LongSupplier clock) {
        this.limit = limit;
        this.slowness = slowness;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.seen = start;
    }

    /** Begins to wait, now. */
    static Patience of(Duration limit) {
        return new Patience(limit, Patience::slowness, System::nanoTime);
    }

    /** The same by another clock, in ns, on a machine that is so many times slower than an idle one. */
    static Patience of(Duration limit, DoubleSupplier slowness, LongSupplier clock) {
        return new Patience(limit, slowness, clock);
    }

    /** Whether the limit is over. To be asked every second or so: what passed since the last time counts by the load of now. */
    synchronized boolean over() {
        long now = clock.getAsLong();
        counted += (now - seen) / slowness.getAsDouble();
        seen = now;
        return counted > limit.toNanos() || now - start > limit.toNanos() * (double) MOST;
    }

    /** How long that was, such as {@code 1043 s (a limit of 120 s, stretched by a load of 19.2 on 2 processors)}. */
    synchronized String told() {
        long seconds = Duration.ofNanos(clock.getAsLong() - start).toSeconds();
        if (seconds <= limit.toSeconds() + 1) {
            return seconds + " s";
        }
        return seconds + " s (a limit of " + limit.toSeconds() + " s, stretched " + slow() + ")";
    }

    private static String slow() {
        OperatingSystem system = OperatingSystem.now();
        return String.format(
                Locale.ROOT,
                "by a load of %.1f on %d processor%s%s",
                system.load(),
                system.processors(),
                system.processors() == 1 ? "" : "s",
                MachineSpeed.factor() == 1
                        ? ""
                        : String.format(
                                Locale.ROOT, " that emulate %.1f times slower than usual", MachineSpeed.factor()));
    }

    /**
     * A time for an idle machine, made longer by what this one has to do now; for limits that others keep.
     *
     * @param idle what an idle machine would need at most
     * @return as much or more, {@link #MOST} times as much at most
     */
    public static Duration stretched(Duration idle) {
        return Duration.ofMillis(Math.round(idle.toMillis() * slowness()));
    }

    private static double slowness() {
        OperatingSystem system = OperatingSystem.now();
        return Math.min(MOST, slowness(system.load(), system.processors()) * MachineSpeed.factor());
    }

    /**
     * How many times longer than alone a program takes.
     *
     * @param load processes that run or want to, as the system averages them over a minute; negative where it does not
     * @param processors that they share
     * @return 1 to {@link #MOST}
     */
    static double slowness(double load, int processors) {
        return Math.clamp(load / processors, 1, MOST);
    }

    private record OperatingSystem(double load, int processors) {
        static OperatingSystem now() {
            var bean = ManagementFactory.getOperatingSystemMXBean();
            return new OperatingSystem(bean.getSystemLoadAverage(), bean.getAvailableProcessors());
        }
    }
}
