package org.linkctl.engine.ssh;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.script.Limits;

/**
 * Ends what hangs: runs an action once nothing was heard for so long, or once the whole took longer than it may however
 * much is heard. Leaving the block in time calls it off. Its clock and its actions have threads of their own.
 */
final class Alarm implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final long patience;
    private final long longest;
    private final Runnable action;
    private final long begun = System.nanoTime();
    private volatile long heard = begun;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean rang;
    private final ScheduledFuture<?> look;

    /** For something that takes no longer than this. */
    Alarm(Duration patience, Runnable action) {
        this(patience, patience, action);
    }

    /**
     * @param patience between two things heard
     * @param longest for the whole, besides a second for each {@link Limits#PACE} bytes heard
     */
    Alarm(Duration patience, Duration longest, Runnable action) {
        this.patience = patience.toNanos();
        this.longest = longest.toNanos();
        this.action = action;
        long period = Math.max(1, Math.min(1000, patience.toMillis() / 10));
        this.look = CLOCK.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, HostThreads.factory("alarm"));
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private void look() {
        long now = System.nanoTime();
        if (now - heard < patience && now - begun < longest + TimeUnit.SECONDS.toNanos(bytes.get() / Limits.PACE))
            return;
        rang = true;
        look.cancel(false);
        HostThreads.start("alarm-action", action);
    }

    /** So many bytes were heard, always by the same thread: the patience starts anew. */
    void heard(int count) {
        heard = System.nanoTime();
        bytes.addAndGet(count);
    }

    boolean rang() {
        return rang;
    }

    /** What it rang for, in seconds. */
    String words() {
        boolean silent = System.nanoTime() - heard >= patience;
        return silent
                ? "nothing was heard for " + TimeUnit.NANOSECONDS.toSeconds(patience) + " s"
                : "its answer did not end within " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun) + " s";
    }

    @Override
    public void close() {
        look.cancel(false);
    }
}
