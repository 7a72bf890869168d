package org.linkctl.engine.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How long what was changed may take to show, such as an address that is still being checked for duplicates.
 *
 * @param within from the end of the steps
 * @param every between two looks
 */
record Settling(Duration within, Duration every) {
    static final Settling USUAL = new Settling(Duration.ofSeconds(15), Duration.ofSeconds(1));

    Watch start() {
        return new Watch(System.nanoTime() + within.toNanos(), every.toNanos());
    }

    record Watch(long end, long pause) {
        /** Waits until the next look is due. False: the time is over. */
        boolean goesOn() {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() + pause > end) return false;
            LockSupport.parkNanos(pause);
            return true;
        }
    }
}
