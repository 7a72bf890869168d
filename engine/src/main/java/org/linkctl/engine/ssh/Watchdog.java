package org.linkctl.engine.ssh;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.script.Limits;

/**
 * Runs an action when nothing has been received for some time, or when the whole takes too long however much is
 * received. Closing it in time calls the action off. The timer and the actions have threads of their own.
 */
final class Watchdog implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private final long silence;
    private final long longest;
    private final Runnable action;
    private final long begun = System.nanoTime();
    private volatile long lastActivity = begun;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean expired;
    private final ScheduledFuture<?> check;

    /** One limit for the whole. */
    Watchdog(Duration silence, Runnable action) {
        this(silence, silence, action);
    }

    /**
     * @param silence the longest time between two receptions
     * @param longest for the whole, plus a second for each {@link Limits#MIN_RATE} bytes received
     */
    Watchdog(Duration silence, Duration longest, Runnable action) {
        this.silence = silence.toNanos();
        this.longest = longest.toNanos();
        this.action = action;
        long period = Math.max(1, Math.min(1000, silence.toMillis() / 10));
        this.check = TIMER.scheduleWithFixedDelay(this::check, period, period, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, HostThreads.factory("alarm"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private void check() {
        long now = System.nanoTime();
        if (now - lastActivity < silence
                && now - begun < longest + TimeUnit.SECONDS.toNanos(bytes.get() / Limits.MIN_RATE)) return;
        expired = true;
        check.cancel(false);
        HostThreads.start("alarm-action", action);
    }

    /** Bytes were received: the time of silence starts again. */
    void activity(int count) {
        lastActivity = System.nanoTime();
        bytes.addAndGet(count);
    }

    boolean expired() {
        return expired;
    }

    /** Why the action was run, with the time in seconds. */
    String reason() {
        boolean silent = System.nanoTime() - lastActivity >= silence;
        return silent
                ? "nothing was heard for " + TimeUnit.NANOSECONDS.toSeconds(silence) + " s"
                : "its answer did not end within " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s";
    }

    @Override
    public void close() {
        check.cancel(false);
    }
}
