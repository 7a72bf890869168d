package org.linkctl.engine.ssh;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends what hangs: runs an action once nothing was heard for so long. Leaving the block in time calls it off. */
final class Alarm implements AutoCloseable {
    private static final ScheduledThreadPoolExecutor CLOCK = clock();

    private final long patience;
    private final Runnable action;
    private volatile long heard = System.nanoTime();
    private volatile boolean rang;
    private final ScheduledFuture<?> look;

    Alarm(Duration patience, Runnable action) {
        this.patience = patience.toNanos();
        this.action = action;
        long period = Math.max(1, Math.min(1000, patience.toMillis() / 10));
        this.look = CLOCK.scheduleWithFixedDelay(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("linkctl-alarm").factory());
        clock.setRemoveOnCancelPolicy(true);
        return clock;
    }

    private void look() {
        if (System.nanoTime() - heard < patience) return;
        rang = true;
        look.cancel(false);
        Thread.ofVirtual().start(action);
    }

    /** Something was heard: the time starts anew. */
    void heard() {
        heard = System.nanoTime();
    }

    boolean rang() {
        return rang;
    }

    @Override
    public void close() {
        look.cancel(false);
    }
}
