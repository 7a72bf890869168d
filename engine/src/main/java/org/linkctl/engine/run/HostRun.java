package org.linkctl.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;

/** The state of one host in a run. Changed by one thread at a time. */
final class HostRun {
    /** How often a resource that still differs gets its steps, if its differences have changed at all. */
    private static final int MAX_ATTEMPTS = 2;

    final Host host;
    Answers answers = new Answers(Map.of());
    HostPlan remaining;
    Optional<Outcome> ended = Optional.empty();
    boolean changed;
    int connectionLosses;
    /** When the connection was made anew that the host is confirmed by, by {@link System#nanoTime}; 0: it was not. */
    private long connectedAt;
    /** When the last answers came. */
    private long answeredAt;

    private final List<HostPlan.Item> done = new ArrayList<>();
    private final Map<String, List<Change>> lastChanges = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();

    HostRun(Host host) {
        this.host = host;
        this.remaining = new HostPlan(host, List.of());
    }

    /** The same host as it was read, of which nothing is decided. */
    HostRun read() {
        HostRun out = new HostRun(host);
        out.answers = answers;
        out.ended = ended;
        return out;
    }

    boolean active() {
        return ended.isEmpty();
    }

    void answered(Answers given) {
        answers = given;
        answeredAt = System.nanoTime();
    }

    void connected() {
        connectedAt = System.nanoTime();
    }

    /**
     * Whether the connection was made after this.
     *
     * @param since when the last step ended on any host of the run: what others change may cut off new connections here
     */
    boolean connectedSince(long since) {
        return connectedAt != 0 && connectedAt - since > 0;
    }

    /** Whether the last answers came over such a connection, and not long ago. */
    boolean seenSince(long since, Duration within) {
        return connectedSince(since)
                && answeredAt - connectedAt > 0
                && System.nanoTime() - answeredAt < within.toNanos();
    }

    /** The items that can be carried out now and were not before. */
    List<HostPlan.Item> firstAttempts() {
        return remaining.items().stream()
                .filter(item -> item.ready() && !attempts.containsKey(item.resource()))
                .toList();
    }

    /** Those of them that cannot cut off management access: they go first on all hosts, since they may take long. */
    List<HostPlan.Item> unguarded() {
        return firstAttempts().stream().filter(item -> !item.guarded()).toList();
    }

    /** The items that were carried out and still differ, but differently. */
    List<HostPlan.Item> retries() {
        return remaining.items().stream()
                .filter(HostPlan.Item::ready)
                .filter(item -> attempts.getOrDefault(item.resource(), 0) < MAX_ATTEMPTS)
                .filter(item -> !item.changes().equals(lastChanges.get(item.resource())))
                .toList();
    }

    void recordDone(HostPlan.Item item) {
        done.add(item);
        lastChanges.put(item.resource(), item.changes());
        attempts.merge(item.resource(), 1, Integer::sum);
    }

    /** Whether its steps were carried out in this run, though it may still differ. */
    boolean attempted(HostPlan.Item item) {
        return attempts.containsKey(item.resource());
    }

    HostPlan done() {
        return new HostPlan(host, done);
    }

    /** The outcome if nothing is done. */
    Outcome plannedOutcome() {
        return ended.orElseGet(
                () -> remaining.isEmpty() ? new Outcome.Converged() : new Outcome.WouldChange(remaining));
    }

    /** The final outcome where all that remains is another run's. */
    Outcome outcomeSoFar() {
        if (ended.isPresent()) return ended.get();
        return done.isEmpty() ? new Outcome.Converged() : new Outcome.Changed(done());
    }

    /**
     * The final outcome.
     *
     * @param whyRemaining why something is left
     */
    Outcome outcome(String whyRemaining) {
        if (ended.isEmpty() && !remaining.isEmpty()) return new Outcome.NotConverged(done(), remaining, whyRemaining);
        return outcomeSoFar();
    }
}
