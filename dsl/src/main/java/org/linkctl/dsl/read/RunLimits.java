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
import org.linkctl.dsl.source.SourceFiles;

/**
 * Stops an inventory that computes without end or keeps allocating memory. It runs on a thread of its own; where a
 * limit is exceeded, its place is taken from the stack and the thread is interrupted; loops, closures and methods of an
 * inventory check for that ({@link groovy.transform.ThreadInterrupt}). A thread that is inside of a library is
 * abandoned.
 *
 * @param seconds of processor time, so that the load of the machine does not count
 * @param mebibytes of heap in use after a garbage collection, above what was in use at the start
 */
public record RunLimits(int seconds, int mebibytes) {
    /** Far above what an inventory needs: ten thousand tunnels take about a second. */
    public static final RunLimits DEFAULT = new RunLimits(15, 1024);

    /** Nothing is measured before: nearly every inventory has ended by then. */
    private static final long FIRST_POLL_MILLIS = 500;

    private static final long POLL_MILLIS = 50;
    /** How long to wait for the thread after it was interrupted. */
    private static final long JOIN_MILLIS = 2000;

    private static final long STACK_BYTES = 16L << 20;

    /**
     * How a run ended.
     *
     * @param completed it ran to its end without an error
     * @param limit what exceeded the limit, as a message has it after "it"; null where nothing did
     * @param at the place in the inventory at which it was stopped
     */
    public record Outcome(boolean completed, @Nullable String limit, Optional<Place> at) {}

    public Outcome run(SourceFiles sources, BooleanSupplier work) {
        AtomicBoolean completed = new AtomicBoolean();
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        CountDownLatch ended = new CountDownLatch(1);
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        completed.set(work.getAsBoolean());
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
            return new Outcome(false, limit, at);
        }
        Throwable problem = thrown.get();
        if (problem instanceof RuntimeException failure) throw failure;
        if (problem instanceof Error error) throw error;
        return new Outcome(completed.get(), null, Optional.empty());
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String await(Thread thread, CountDownLatch ended) {
        long before = usedMebibytes();
        try {
            long millis = FIRST_POLL_MILLIS;
            while (!ended.await(millis, TimeUnit.MILLISECONDS)) {
                millis = POLL_MILLIS;
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
        long most = before + memoryLimit(before);
        if (usedMebibytes() < most) return null;
        System.gc(); // what is used and what is only not collected yet look the same
        return usedMebibytes() < most ? null : "keeps more than " + memoryLimit(before) + " MiB in memory";
    }

    /**
     * The memory limit in MiB: less than asked for where the heap is small, so that it is exceeded before the heap is
     * full.
     */
    private long memoryLimit(long before) {
        long free = (Runtime.getRuntime().maxMemory() >> 20) - before;
        return Math.min(mebibytes, free * 3 / 4);
    }

    private static long usedMebibytes() {
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    private static Optional<Place> place(SourceFiles sources, Thread thread) {
        Throwable here = new Throwable();
        here.setStackTrace(thread.getStackTrace());
        return sources.placeOf(here);
    }
}
