package org.linkctl.dsl.read;

import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.Sources;

/**
 * Ends an inventory that never ends, or asks for ever more memory. It runs on a thread of its own; where a bound is
 * reached, its place is looked up and the thread is interrupted, which loops, closures and methods of an inventory heed
 * ({@link groovy.transform.ThreadInterrupt}). Where it is inside of a library then, it is left behind.
 *
 * @param seconds of processor time, so that a busy machine stops nobody
 * @param mebibytes still in use after a collection
 */
public record Bounds(int seconds, int mebibytes) {
    /** Far from what an inventory needs: ten thousand tunnels take less than two seconds and 100 MiB. */
    public static final Bounds USUAL = new Bounds(5, 1024);

    /** Before that nothing is measured: nearly every inventory has ended by then. */
    private static final long FIRST_LOOK_MILLIS = 500;

    private static final long LOOK_MILLIS = 50;
    /** So long an interrupted inventory is waited for. */
    private static final long END_MILLIS = 2000;

    private static final long STACK_BYTES = 16L << 20;

    /**
     * How a run ended.
     *
     * @param whole it came to its end without an error
     * @param limit what it did too much, as words after "it"; null where no bound was reached
     * @param at where it was then
     */
    public record Reached(boolean whole, @Nullable String limit, Optional<Place> at) {}

    public Reached run(Sources sources, BooleanSupplier work) {
        AtomicBoolean whole = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        whole.set(work.getAsBoolean());
                    } catch (Throwable problem) { // given to the thread that waits
                        thrown.set(problem);
                    } finally {
                        ended.countDown();
                    }
                },
                "inventory",
                STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        String limit = await(thread, ended);
        if (limit != null) {
            Optional<Place> at = place(sources, thread);
            end(thread);
            return new Reached(false, limit, at);
        }
        Throwable problem = thrown.get();
        if (problem instanceof RuntimeException failure) throw failure;
        if (problem instanceof Error error) throw error;
        return new Reached(whole.get(), null, Optional.empty());
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String await(Thread thread, CountDownLatch ended) {
        long before = usedMebibytes();
        try {
            long millis = FIRST_LOOK_MILLIS;
            while (!ended.await(millis, TimeUnit.MILLISECONDS)) {
                millis = LOOK_MILLIS;
                String limit = limit(thread, before);
                if (limit != null) return limit;
            }
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }

    private @Nullable String limit(Thread thread, long before) {
        long nanos = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
        if (nanos > TimeUnit.SECONDS.toNanos(seconds))
            return "has computed for " + seconds + (seconds == 1 ? " second" : " seconds");
        long most = before + most(before);
        if (usedMebibytes() < most) return null;
        System.gc(); // what is used and what is only not collected yet look the same
        return usedMebibytes() < most ? null : "keeps more than " + most(before) + " MiB in memory";
    }

    /** Where the virtual machine has less than the bound in all, it is reached before memory runs out. */
    private long most(long before) {
        long free = (Runtime.getRuntime().maxMemory() >> 20) - before;
        return Math.min(mebibytes, free * 3 / 4);
    }

    private static long usedMebibytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static Optional<Place> place(Sources sources, Thread thread) {
        Throwable here = new Throwable();
        here.setStackTrace(thread.getStackTrace());
        return sources.thrown(here);
    }
}
