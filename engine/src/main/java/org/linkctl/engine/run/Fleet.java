package org.linkctl.engine.run;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Events;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.Host;

/** The connections of a run, and work on many hosts in parallel within the time limit of the run. */
public final class Fleet implements AutoCloseable {
    private static final int REACHED = 256;

    private final Connector connector;
    private final Events events;
    private final Semaphore permits;

    /** Those that are waited for, or answered and wait for a permit: a server does not wait long for a login. */
    private final Semaphore reached = new Semaphore(REACHED);

    private final Duration limit;
    private final long end;
    private final Map<Host, Connection> connections = new ConcurrentHashMap<>();

    /** Whether this thread has one of the permits. */
    private final ThreadLocal<Boolean> permitted = ThreadLocal.withInitial(() -> false);

    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(HostThreads.factory("host"));
    private volatile boolean closed;

    public Fleet(Connector connector, Events events, int forks, Duration limit) {
        this.connector = connector;
        this.events = events;
        this.permits = new Semaphore(forks);
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    Events events() {
        return events;
    }

    /** The open connection to a host, or a new one. */
    Connection connection(Host host) {
        Connection there = connections.get(host);
        if (there != null) return there;
        if (closed) throw new Unreachable("interrupted");
        events.connecting(host);
        reach(host);
        Connection made = connector.connect(host);
        connections.put(host, made);
        if (closed) {
            made.close();
            throw new Unreachable("interrupted");
        }
        return made;
    }

    /** A host that does not answer holds no place of those that could be worked on meanwhile. */
    private void reach(Host host) {
        if (!permitted.get()) {
            connector.reach(host);
            return;
        }
        permits.release();
        reached.acquireUninterruptibly();
        try {
            connector.reach(host);
        } finally {
            permits.acquireUninterruptibly();
            reached.release();
        }
    }

    /** Is told of each host as it is done, on the thread that waits for all of them. */
    interface Arrivals {
        Arrivals NOBODY = new Arrivals() {
            @Override
            public void arrived(Host host) {}

            @Override
            public long pause() {
                return Long.MAX_VALUE;
            }
        };

        /** This host is done. */
        void arrived(Host host);

        /** Nothing more has come so far: time for work. Returns after how many nanoseconds there is more of it. */
        long pause();
    }

    /**
     * Does the same on each host, at most {@code forks} at once, and waits for all.
     *
     * @param lost the result for a host that cannot be reached, or for which no time is left
     */
    <T> Map<Host, T> each(Collection<Host> hosts, Function<Host, T> work, BiFunction<Host, Unreachable, T> lost) {
        return each(hosts, work, lost, (host, result) -> {}, Arrivals.NOBODY);
    }

    /**
     * The same.
     *
     * @param done receives each result as it comes, on this thread
     * @param arrivals is told after that
     */
    <T> Map<Host, T> each(
            Collection<Host> hosts,
            Function<Host, T> work,
            BiFunction<Host, Unreachable, T> lost,
            BiConsumer<Host, T> done,
            Arrivals arrivals) {
        Set<Host> all = new LinkedHashSet<>(hosts);
        BlockingQueue<Host> ended = new LinkedBlockingQueue<>();
        Map<Host, Future<T>> futures = new LinkedHashMap<>();
        Map<Host, T> results = new HashMap<>();
        BiConsumer<Host, T> keep = (host, result) -> {
            results.put(host, result);
            done.accept(host, result);
            arrivals.arrived(host);
        };
        for (Host host : all) {
            try {
                futures.put(host, threads.submit(() -> withPermit(host, work, ended)));
            } catch (RejectedExecutionException e) {
                keep.accept(host, lost.apply(host, new Unreachable("interrupted", e)));
            }
        }
        while (results.size() < all.size()) {
            Host next = next(ended, arrivals);
            // No time is left, for any of those that are not done.
            List<Host> some = next != null
                    ? List.of(next)
                    : all.stream().filter(host -> !results.containsKey(host)).toList();
            for (Host host : some) keep.accept(host, result(host, futures, lost));
        }
        Map<Host, T> inOrder = new LinkedHashMap<>();
        for (Host host : all) inOrder.put(host, Objects.requireNonNull(results.get(host)));
        return inOrder;
    }

    private <T> T result(Host host, Map<Host, Future<T>> futures, BiFunction<Host, Unreachable, T> lost) {
        try {
            return wait(Objects.requireNonNull(futures.get(host)));
        } catch (Unreachable e) {
            return lost.apply(host, e);
        }
    }

    /** The next host that is done; null: the time is over, or this thread was interrupted. */
    private @Nullable Host next(BlockingQueue<Host> ended, Arrivals arrivals) {
        try {
            while (true) {
                Host there = ended.poll();
                if (there != null) return there;
                long pause = arrivals.pause();
                long left = end - System.nanoTime();
                there = ended.poll(Math.max(0, Math.min(pause, left)), TimeUnit.NANOSECONDS);
                if (there != null || end - System.nanoTime() <= 0) return there;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private <T> T withPermit(Host host, Function<Host, T> work, Queue<Host> ended) throws InterruptedException {
        try {
            permits.acquire();
            permitted.set(true);
            try {
                return work.apply(host);
            } finally {
                permitted.set(false);
                permits.release();
            }
        } finally {
            ended.add(host);
        }
    }

    private <T> T wait(Future<T> future) {
        try {
            return future.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            disconnect();
            throw new Unreachable("the run took longer than " + shown(limit) + " and was ended", e);
        } catch (InterruptedException e) {
            disconnect();
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unreachable unreachable) throw unreachable;
            if (e.getCause() instanceof InterruptedException) throw new Unreachable("interrupted", e);
            throw new IllegalStateException("a mistake in linkctl: " + e.getCause(), e.getCause());
        }
    }

    private static String shown(Duration time) {
        if (time.toSeconds() < 1) return time.toMillis() + " ms";
        return time.toSeconds() >= 120 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    boolean timeLeft() {
        return !closed && System.nanoTime() < end;
    }

    private void disconnect() {
        closed = true;
        connections.values().forEach(Connection::close);
        connector.close();
    }

    @Override
    public void close() {
        disconnect();
        threads.shutdownNow();
    }
}
