package org.linkctl.engine.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.model.Host;

/**
 * Sends keepalives to hosts, from when they are locked, while their own steps and those of others run; over the
 * connection there is, as long as it lasts.
 */
final class Keepalives {
    /** The guard gives a lock away after three minutes without a keepalive. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Fleet fleet;
    private final Duration pause;
    private final Map<Host, Thread> threads = new ConcurrentHashMap<>();

    Keepalives(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        Duration quarter = safety.confirmWithin().dividedBy(4);
        this.pause = quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE;
    }

    /** Sends keepalives from now on, until {@link #stop}. */
    void start(Host host, HostGuard guard) {
        Thread thread = HostThreads.factory("sign-of-life").newThread(() -> keepAlive(host, guard));
        threads.put(host, thread);
        thread.start();
    }

    private void keepAlive(Host host, HostGuard guard) {
        while (isCurrent(host)) {
            LockSupport.parkNanos(pause.toNanos());
            try {
                if (isCurrent(host) && !guard.keepAlive()) return;
            } catch (Unreachable | GuardFailure e) {
                fleet.events().trace(host, e.getMessage() + "; whoever works on the host may make a new way");
            }
        }
    }

    /** Whether this thread is still the one for its host: one that was replaced ends. */
    private boolean isCurrent(Host host) {
        return Thread.currentThread().equals(threads.get(host)) && fleet.timeLeft();
    }

    void stop() {
        Map<Host, Thread> stopped = Map.copyOf(threads);
        threads.clear();
        stopped.values().forEach(LockSupport::unpark);
    }
}
