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

    /**
     * For what may have to begin a session anew: WireGuard does so when nothing has come back for 15 s
     * (KEEPALIVE_TIMEOUT and REKEY_TIMEOUT, www.wireguard.com/protocol), and tries again every 5 s.
     */
    Settling patient() {
        return new Settling(within.multipliedBy(3), every);
    }

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
