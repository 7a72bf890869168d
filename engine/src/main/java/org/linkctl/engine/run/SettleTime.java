package org.linkctl.engine.run;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * How long a change may take to show, such as an IPv6 address in duplicate address detection (RFC 4862, section 5.4).
 *
 * @param limit from the end of the steps
 * @param interval between two probes
 */
record SettleTime(Duration limit, Duration interval) {
    static final SettleTime USUAL = new SettleTime(Duration.ofSeconds(15), Duration.ofSeconds(1));

    /**
     * Long enough for a new WireGuard session: one begins when nothing has come back for 15 s (KEEPALIVE_TIMEOUT and
     * REKEY_TIMEOUT, www.wireguard.com/protocol), and is tried again every 5 s.
     */
    SettleTime forNewSession() {
        return new SettleTime(limit.multipliedBy(3), interval);
    }

    Deadline start() {
        return new Deadline(System.nanoTime() + limit.toNanos(), interval.toNanos());
    }

    record Deadline(long end, long interval) {
        /** Waits until the next probe is due. False: the time is over. */
        boolean waitForNextProbe() {
            if (Thread.currentThread().isInterrupted() || System.nanoTime() + interval > end) return false;
            LockSupport.parkNanos(interval);
            return true;
        }
    }
}
