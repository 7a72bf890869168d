package org.linkctl.engine.run;

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

/** How far one host has come in a run. Changed by one thread at a time. */
final class Work {
    /** A resource whose steps did not end its differences gets them once more, if these have moved at all. */
    private static final int MOST_TURNS = 2;

    final Host host;
    Answers answers = new Answers(Map.of());
    HostPlan left;
    Optional<Outcome> ended = Optional.empty();
    boolean touched;
    int losses;
    private final List<HostPlan.Item> done = new ArrayList<>();
    private final Map<String, List<Change>> lastChanges = new HashMap<>();
    private final Map<String, Integer> turns = new HashMap<>();

    Work(Host host) {
        this.host = host;
        this.left = new HostPlan(host, List.of());
    }

    boolean active() {
        return ended.isEmpty();
    }

    /** What can be carried out now and was not before. */
    List<HostPlan.Item> fresh() {
        return left.items().stream()
                .filter(item -> item.ready() && !turns.containsKey(item.resource()))
                .toList();
    }

    /** Of these, what nobody can be cut off by: it goes first, on all hosts, since it may take its time. */
    List<HostPlan.Item> harmless() {
        return fresh().stream().filter(item -> !item.guarded()).toList();
    }

    /** What was carried out, still differs, and differs in another way than before. */
    List<HostPlan.Item> again() {
        return left.items().stream()
                .filter(HostPlan.Item::ready)
                .filter(item -> turns.getOrDefault(item.resource(), 0) < MOST_TURNS)
                .filter(item -> !item.changes().equals(lastChanges.get(item.resource())))
                .toList();
    }

    void carriedOut(HostPlan.Item item) {
        done.add(item);
        lastChanges.put(item.resource(), item.changes());
        turns.merge(item.resource(), 1, Integer::sum);
    }

    /** Whether its steps were carried out in this run, though it may differ still. */
    boolean begun(HostPlan.Item item) {
        return turns.containsKey(item.resource());
    }

    HostPlan done() {
        return new HostPlan(host, done);
    }

    /** How it would end if nothing were done. */
    Outcome outlook() {
        return ended.orElseGet(() -> left.isEmpty() ? new Outcome.Converged() : new Outcome.WouldChange(left));
    }

    /** How it ended, where nothing else ended it before. */
    Outcome outcome(String whyLeft) {
        if (ended.isPresent()) return ended.get();
        if (!left.isEmpty()) return new Outcome.NotConverged(done(), left, whyLeft);
        return done.isEmpty() ? new Outcome.Converged() : new Outcome.Changed(done());
    }
}
