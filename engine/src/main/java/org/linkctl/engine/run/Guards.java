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
import org.linkctl.engine.guard.Touched;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;

/** The guards of one run's hosts, and the signs of life to those that have to wait for other hosts. */
final class Guards implements AutoCloseable {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");

    private static final Duration LOOKS_AGAIN = Duration.ofSeconds(1);

    /** So long whoever else has found a lock taken needs to give back those it has. */
    private static final Duration COLLIDED = Duration.ofSeconds(5);

    /** So long giving back locks may keep somebody who only wants to leave. */
    private static final Duration LEAVES = Duration.ofSeconds(3);

    private final Fleet fleet;
    private final Safety safety;
    private final String run;
    private final Map<Host, HostGuard> guards = new ConcurrentHashMap<>();
    private final Keepers keepers;

    Guards(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        this.safety = safety;
        this.keepers = new Keepers(fleet, safety);
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
     * Takes the locks of all these hosts, or of none of them: so of two runs that want some of the same hosts, one goes
     * after the other. Whoever finds one taken gives the others back, and takes them anew one after another, in the order
     * of their names: nobody waits then for what somebody has who waits for him.
     *
     * @return what became of those whose lock was not taken; where one of them is {@link Outcome.Locked}, none is held
     */
    Map<Host, Outcome> reserve(Collection<Host> hosts) {
        Map<Host, Outcome> refused = sideBySide(hosts);
        if (refused.values().stream().noneMatch(why -> why instanceof Outcome.Locked)) return refused;
        // Of two that have just found each other's locks one shall come through, even without patience.
        Duration patience = guards.isEmpty() ? Duration.ZERO : COLLIDED;
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

    private Map<Host, Outcome> sideBySide(Collection<Host> hosts) {
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

    /** Takes one lock, until then; why not, where it is not taken. */
    private Optional<Outcome> lock(Host host, long end) {
        HostGuard guard = new HostGuard(fleet.connection(host), host.name(), run, safety);
        try {
            Optional<String> holder = guard.lock();
            if (holder.isPresent() && System.nanoTime() < end) {
                fleet.events().notice(host, "somebody is at work there: " + holder.get() + "; waiting for that to end");
            }
            while (holder.isPresent() && System.nanoTime() < end && fleet.timeLeft()) {
                LockSupport.parkNanos(LOOKS_AGAIN.toNanos());
                holder = guard.lock();
            }
            if (holder.isPresent()) return holder.map(Outcome.Locked::new);
            guard.taken().ifPresent(from -> fleet.events().notice(host, "the lock was taken over from " + from));
            guards.put(host, guard);
            keepers.start(host, guard);
            return Optional.empty();
        } catch (GuardFailure e) {
            return Optional.of(new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }

    /** Before the first of these steps. */
    void arm(Host host, List<Step> steps, Touched what) {
        locked(host).arm(steps, what);
    }

    /** Whether another run was on a host since these answers were given. */
    boolean movedSince(Host host, Answers answers) {
        HostGuard guard = guards.get(host);
        return guard != null && guard.movedSince(answers);
    }

    HostGuard of(Host host) {
        HostGuard guard = guards.get(host);
        if (guard == null) throw new IllegalStateException("not locked: " + host.name());
        return guard;
    }

    /** Also a host that came to differ only after the locks were taken, and whose lock could not be taken then. */
    HostGuard locked(Host host) {
        if (!guards.containsKey(host)) {
            lock(host, System.nanoTime()).ifPresent(why -> {
                throw new GuardFailure("the host is not this run's: " + Unfinished.why(why));
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

    /** Once hosts were come to anew, they wait for others over that way. */
    void keepOn(List<Host> hosts) {
        for (Host host : hosts) keepers.start(host, of(host));
    }

    /** From now on every sign of life has to come over a new connection. */
    void stopKeeping() {
        keepers.stop();
    }

    /** Gives the locks back, as far as hosts are there; a lock whose owner is gone is taken by the next run. */
    void unlock() {
        stopKeeping();
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

    /** A run that ends before it has armed anything leaves no lock; one that has leaves it to the guards. */
    @Override
    public void close() {
        stopKeeping();
        if (guards.isEmpty() || !armed().isEmpty()) return;
        try {
            boolean _ = HostThreads.start("unlock", this::unlock).join(LEAVES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
