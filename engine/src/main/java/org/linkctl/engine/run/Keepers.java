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
 * Gives signs of life to hosts, from their locks on, while their steps run and while others' do: over the way there is,
 * as long as that lasts.
 */
final class Keepers {
    /** A host gives a lock to others after three minutes without a sign of life. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Fleet fleet;
    private final Duration pause;
    private final Map<Host, Thread> threads = new ConcurrentHashMap<>();

    Keepers(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        Duration quarter = safety.confirmWithin().dividedBy(4);
        this.pause = quarter.compareTo(LONGEST_PAUSE) < 0 ? quarter : LONGEST_PAUSE;
    }

    /** From now on, until {@link #stop}. */
    void start(Host host, HostGuard guard) {
        Thread keeper = HostThreads.factory("sign-of-life").newThread(() -> keep(host, guard));
        threads.put(host, keeper);
        keeper.start();
    }

    private void keep(Host host, HostGuard guard) {
        while (going(host)) {
            LockSupport.parkNanos(pause.toNanos());
            try {
                if (going(host) && !guard.alive()) return;
            } catch (Unreachable | GuardFailure e) {
                fleet.events().trace(host, e.getMessage() + "; whoever works on the host may make a new way");
            }
        }
    }

    /** One that was stopped and another one started in its place does not go on beside that. */
    private boolean going(Host host) {
        return Thread.currentThread().equals(threads.get(host)) && fleet.timeLeft();
    }

    void stop() {
        Map<Host, Thread> stopped = Map.copyOf(threads);
        threads.clear();
        stopped.values().forEach(LockSupport::unpark);
    }
}
