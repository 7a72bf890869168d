package org.linkctl.engine.run;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.SharedChanges;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;

/** The guards of one run's hosts, and the keepalives to hosts that wait for others. */
final class Guards implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private static final Duration LOCK_RETRY = Duration.ofSeconds(1);

    /** How long another run that has found a lock taken needs to release those it holds. */
    private static final Duration COLLISION_WAIT = Duration.ofSeconds(5);

    /** How long releasing the locks may delay the end after Ctrl-C. */
    private static final Duration UNLOCK_TIME = Duration.ofSeconds(3);

    private final Fleet fleet;
    private final Safety safety;
    private final String run;
    private final Map<Host, HostGuard> guards = new ConcurrentHashMap<>();
    private final Keepalives keepalives;

    Guards(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        this.safety = safety;
        this.keepalives = new Keepalives(fleet, safety);
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        this.run = ZonedDateTime.now(ZoneOffset.UTC).format(TIME) + "-"
                + HexFormat.of().formatHex(random);
    }

    String runId() {
        return run;
    }

    Safety safety() {
        return safety;
    }

    /**
     * Takes the locks of all these hosts, or of none: of two runs with common hosts, one goes after the other. A run
     * that finds a lock taken releases its own and takes them again one by one in the order of the host names, so that
     * two runs cannot deadlock.
     *
     * @return the outcome of each host whose lock was not taken; where one is {@link Outcome.Locked}, no lock is held
     */
    Map<Host, Outcome> reserve(Collection<Host> hosts) {
        Map<Host, Outcome> refused = lockAll(hosts);
        if (refused.values().stream().noneMatch(why -> why instanceof Outcome.Locked)) return refused;
        // Of two runs that have just collided one shall succeed, even with a lock timeout of zero.
        Duration patience = guards.isEmpty() ? Duration.ZERO : COLLISION_WAIT;
        unlock();
        refused.clear();
        long end = System.nanoTime() + max(safety.lockTimeout(), patience).toNanos();
        for (Host host : hosts.stream().sorted(Comparator.comparing(Host::name)).toList()) {
            fleet.each(List.of(host), one -> lock(one, end), (one, lost) -> lost(lost))
                    .forEach((one, why) -> why.ifPresent(outcome -> refused.put(one, outcome)));
            if (refused.get(host) instanceof Outcome.Locked) break;
        }
        if (refused.values().stream().anyMatch(why -> why instanceof Outcome.Locked)) unlock();
        return refused;
    }

    private Map<Host, Outcome> lockAll(Collection<Host> hosts) {
        Map<Host, Outcome> refused = new LinkedHashMap<>();
        fleet.each(hosts, host -> lock(host, System.nanoTime()), (host, lost) -> lost(lost))
                .forEach((host, outcome) -> outcome.ifPresent(why -> refused.put(host, why)));
        return refused;
    }

    private static Optional<Outcome> lost(Unreachable lost) {
        return Optional.of(new Outcome.Unreachable(lost.why()));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /** Takes one lock, trying until this time; the outcome where it is not taken. */
    private Optional<Outcome> lock(Host host, long end) {
        HostGuard guard = new HostGuard(fleet.connection(host), host.name(), run, safety);
        try {
            Optional<String> holder = guard.lock();
            if (holder.isPresent() && System.nanoTime() < end) {
                fleet.events().notice(host, "somebody is at work there: " + holder.get() + "; waiting for that to end");
            }
            while (holder.isPresent() && System.nanoTime() < end && fleet.timeLeft()) {
                LockSupport.parkNanos(LOCK_RETRY.toNanos());
                holder = guard.lock();
            }
            if (holder.isPresent()) return holder.map(Outcome.Locked::new);
            guard.takenOverFrom()
                    .ifPresent(from -> fleet.events().notice(host, "the lock was taken over from " + from));
            guards.put(host, guard);
            keepalives.start(host, guard);
            return Optional.empty();
        } catch (GuardFailure e) {
            return Optional.of(new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }

    /** Arms a host's guard before the first of these steps. */
    void arm(Host host, List<Step> steps, SharedChanges what) {
        locked(host).arm(steps, what);
    }

    /** Whether another run has changed the host since these answers. */
    boolean changedSince(Host host, Answers answers) {
        HostGuard guard = guards.get(host);
        return guard != null && guard.changedSince(answers);
    }

    HostGuard of(Host host) {
        HostGuard guard = guards.get(host);
        if (guard == null) throw new IllegalStateException("not locked: " + host.name());
        return guard;
    }

    /**
     * The guard of a locked host. Where a host differs only since the locks were taken, and its lock could not be taken
     * then, this tries once more.
     */
    HostGuard locked(Host host) {
        if (!guards.containsKey(host)) {
            lock(host, System.nanoTime()).ifPresent(why -> {
                throw new GuardFailure("the host is not this run's: " + OutcomeReasons.of(why));
            });
        }
        return of(host);
    }

    /**
     * After a lost connection: the outcome where the host has undone the change meanwhile, so that the run must not go
     * on.
     */
    Optional<Outcome> undone(Host host) {
        HostGuard guard = guards.get(host);
        if (guard == null || !guard.armed() || guard.keepAlive()) return Optional.empty();
        String why = guard.thisRun().map(PastRun::why).orElse("its guard is gone");
        return Optional.of(new Outcome.Unreachable(why));
    }

    List<Host> armed() {
        return guards.entrySet().stream()
                .filter(entry -> entry.getValue().armed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Sends keepalives over the new connections, while these hosts wait for others. */
    void resumeKeepalives(List<Host> hosts) {
        for (Host host : hosts) keepalives.start(host, of(host));
    }

    /** From now on every keepalive has to come over a new connection. */
    void stopKeepalives() {
        keepalives.stop();
    }

    /** Releases the locks of the hosts that can be reached; other locks expire, and the next run takes them over. */
    void unlock() {
        stopKeepalives();
        fleet.each(
                List.copyOf(guards.keySet()),
                host -> {
                    try {
                        of(host).unlock();
                    } catch (GuardFailure e) {
                        fleet.events().trace(host, String.valueOf(e.getMessage()));
                    }
                    return true;
                },
                (host, lost) -> false);
        guards.clear();
    }

    /** A run that has armed no guard leaves no lock behind; otherwise the guards release them. */
    @Override
    public void close() {
        stopKeepalives();
        if (guards.isEmpty() || !armed().isEmpty()) return;
        try {
            boolean _ = HostThreads.start("unlock", this::unlock).join(UNLOCK_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
