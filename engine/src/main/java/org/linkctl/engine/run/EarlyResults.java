package org.linkctl.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.linkctl.model.Host;

/**
 * Tells what is known of hosts while others are still being read. Hosts are told in their order, as long as that holds
 * nobody up for longer than {@link #PATIENCE}: two runs over hosts that all answer read the same, and a host that does not
 * answer keeps nothing back. All of it happens on the thread that waits for the hosts.
 *
 * @param <T> what is told of a host
 */
final class EarlyResults<T> implements Fleet.Arrivals {
    /** How long what is known of a host waits for hosts that stand before it. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What this costs, beside waiting: a tenth of the time, however many hosts there are and however slowly they come. */
    private static final int REST = 9;

    private final List<Host> order;
    private final Needs needs;
    private final Decision<T> decide;
    private final BiConsumer<Host, T> tell;
    private final LongSupplier clock;
    private final long patience;
    private final Set<Host> arrived = new LinkedHashSet<>();
    private final Map<Host, Deque<Host>> missing = new HashMap<>();
    private final Map<Host, Known<T>> known = new LinkedHashMap<>();
    private final Map<Host, T> told = new LinkedHashMap<>();
    private long nextDecision;

    private record Known<T>(T what, long since) {}

    /** The hosts without whose answers nothing can be told of a host. */
    @FunctionalInterface
    interface Needs {
        Collection<Host> of(Host host);
    }

    /** Says what is known. */
    @FunctionalInterface
    interface Decision<T> {
        /**
         * @param ready the hosts that it is said of
         * @param read all that were read so far
         */
        Map<Host, T> of(Collection<Host> ready, Collection<Host> read);
    }

    /**
     * @param order the hosts that something is told of
     */
    EarlyResults(
            List<Host> order,
            Needs needs,
            Decision<T> decide,
            BiConsumer<Host, T> tell,
            LongSupplier clock,
            Duration patience) {
        this.order = order;
        this.needs = needs;
        this.decide = decide;
        this.tell = tell;
        this.clock = clock;
        this.patience = patience.toNanos();
        this.nextDecision = clock.getAsLong();
    }

    @Override
    public void arrived(Host host) {
        arrived.add(host);
    }

    @Override
    public long pause() {
        long now = clock.getAsLong();
        boolean due = now - nextDecision >= 0;
        List<Host> ready = order.stream().filter(this::ready).toList();
        if (due && !ready.isEmpty()) decide(ready, now);
        long wait = tell(clock.getAsLong());
        return ready.isEmpty() || due ? wait : Math.min(wait, Math.max(1, nextDecision - clock.getAsLong()));
    }

    private boolean ready(Host host) {
        return arrived.contains(host)
                && !known.containsKey(host)
                && !told.containsKey(host)
                && missing(host).isEmpty();
    }

    /** Each need is looked at once: a hub has all its spokes, and in a full mesh each host has all others. */
    private Deque<Host> missing(Host host) {
        Deque<Host> out = missing.computeIfAbsent(host, one -> new ArrayDeque<>(needs.of(one)));
        while (!out.isEmpty() && arrived.contains(out.getFirst())) out.removeFirst();
        return out;
    }

    private void decide(List<Host> ready, long now) {
        decide.of(ready, arrived).forEach((host, what) -> known.put(host, new Known<>(what, now)));
        long end = clock.getAsLong();
        nextDecision = end + REST * (end - now);
    }

    /** Tells what may be told; returns for how long nothing more may. */
    private long tell(long now) {
        long wait = Long.MAX_VALUE;
        boolean first = true;
        for (Host host : order) {
            if (told.containsKey(host)) continue;
            Known<T> what = known.get(host);
            if (what == null) {
                first = false;
                continue;
            }
            long left = first ? 0 : patience - (now - what.since());
            if (left > 0) {
                wait = Math.min(wait, left);
                continue;
            }
            known.remove(host);
            told.put(host, what.what());
            tell.accept(host, what.what());
        }
        return wait;
    }

    /** What was told. */
    Map<Host, T> told() {
        return told;
    }
}
