package org.linkctl.engine.run;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.Touched;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/** The guards of one run's hosts, and the signs of life to those that have to wait for other hosts. */
final class Guards implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private final Fleet fleet;
    private final Safety safety;
    private final String run;
    private final Map<Host, HostGuard> guards = new ConcurrentHashMap<>();
    private volatile boolean keeping = true;
    private final Map<Host, Thread> keepers = new ConcurrentHashMap<>();

    Guards(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        this.safety = safety;
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        this.run = ZonedDateTime.now(ZoneOffset.UTC).format(TIME) + "-"
                + HexFormat.of().formatHex(random);
    }

    String run() {
        return run;
    }

    Safety safety() {
        return safety;
    }

    /**
     * Takes a host's lock, and waits for it as long as {@link Safety#lockTimeout} says.
     *
     * @return who has it; empty where it is taken now
     */
    Optional<String> lock(Host host) {
        HostGuard guard = new HostGuard(fleet.connection(host), host.name(), run, safety);
        long end = System.nanoTime() + safety.lockTimeout().toNanos();
        Optional<String> holder = guard.lock();
        while (holder.isPresent() && System.nanoTime() < end && fleet.timeLeft()) {
            LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            holder = guard.lock();
        }
        if (holder.isEmpty()) guards.put(host, guard);
        return holder;
    }

    /** The same for many, side by side; what became of those whose lock was not taken. */
    Map<Host, Outcome> reserve(Collection<Host> hosts) {
        Map<Host, Outcome> refused = new LinkedHashMap<>();
        fleet.each(
                        hosts,
                        host -> {
                            try {
                                return lock(host).<Outcome>map(Outcome.Locked::new);
                            } catch (GuardFailure e) {
                                return Optional.<Outcome>of(new Outcome.Refused(String.valueOf(e.getMessage())));
                            }
                        },
                        (host, lost) -> Optional.<Outcome>of(new Outcome.Unreachable(lost.why())))
                .forEach((host, outcome) -> outcome.ifPresent(why -> refused.put(host, why)));
        return refused;
    }

    /** Before the first of these steps. */
    void arm(Host host, List<Step> steps, Touched what) {
        HostGuard guard = locked(host);
        boolean first = !guard.armed();
        guard.arm(steps, what);
        if (first) keepers.put(host, Thread.ofVirtual().start(() -> keep(host, guard)));
    }

    HostGuard of(Host host) {
        HostGuard guard = guards.get(host);
        if (guard == null) throw new IllegalStateException("not locked: " + host.name());
        return guard;
    }

    /** A host that came to differ only after the locks were taken. */
    private HostGuard locked(Host host) {
        if (!guards.containsKey(host)) {
            lock(host).ifPresent(holder -> {
                throw new GuardFailure("somebody else is at work there: " + holder);
            });
        }
        return of(host);
    }

    /** After the connection was lost: whether the host has gone back meanwhile, so that there is nothing to go on with. */
    Optional<Outcome> undone(Host host) {
        HostGuard guard = guards.get(host);
        if (guard == null || !guard.armed() || guard.alive()) return Optional.empty();
        String why = guard.present().map(PastRun::why).orElse("its guard is gone");
        return Optional.of(new Outcome.Unreachable(why));
    }

    List<Host> armed() {
        return guards.entrySet().stream()
                .filter(entry -> entry.getValue().armed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A host whose part is done waits for others: over the way there is, as long as that lasts. */
    private void keep(Host host, HostGuard guard) {
        Duration pause = safety.confirmWithin().dividedBy(4);
        while (keeping && fleet.timeLeft()) {
            LockSupport.parkNanos(pause.toNanos());
            try {
                if (keeping && !guard.alive()) return;
            } catch (Unreachable | GuardFailure e) {
                fleet.events().trace(host, e.getMessage() + "; whoever works on the host may make a new way");
            }
        }
    }

    /** Once hosts were come to anew, they wait for others over that way. */
    void keepOn(List<Host> hosts) {
        keeping = true;
        for (Host host : hosts) keepers.put(host, Thread.ofVirtual().start(() -> keep(host, of(host))));
    }

    /** From now on every sign of life has to come over a new connection. */
    void stopKeeping() {
        keeping = false;
        keepers.values().forEach(LockSupport::unpark);
        keepers.clear();
    }

    /** Gives the locks back, as far as hosts are there; a lock whose owner is gone is taken by the next run. */
    void unlock() {
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

    @Override
    public void close() {
        stopKeeping();
    }
}
