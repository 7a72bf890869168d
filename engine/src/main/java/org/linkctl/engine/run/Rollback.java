package org.linkctl.engine.run;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.History;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Reversal;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;

/** Undoes what was confirmed before: all hosts are locked, then looked at, and only then is anything undone. */
public final class Rollback {
    private static final Duration WITHIN = Duration.ofMinutes(3);

    private final Fabric fabric;
    private final Judge judge;
    private final Fleet fleet;
    private final Safety safety;

    public Rollback(Fabric fabric, Judge judge, Fleet fleet, Safety safety) {
        this.fabric = fabric;
        this.judge = judge;
        this.fleet = fleet;
        this.safety = safety;
    }

    /** What the selected hosts remember. */
    public Map<Host, History> history() {
        return history(judge.selected());
    }

    private Map<Host, History> history(Collection<Host> hosts) {
        return fleet.each(
                hosts,
                host -> {
                    var connection = fleet.connection(host);
                    return new History.Known(HostGuard.past(
                            safety, host.name(), connection.ask(List.of(HostGuard.question(safety, host.name())))));
                },
                (host, lost) -> new History.Unreachable(lost.why()));
    }

    /** What would be undone on the selected hosts; changes nothing. */
    public Map<Host, Reversal> outlook() {
        return Reversals.of(fabric, judge.selected(), history(everyone()));
    }

    private List<Host> everyone() {
        return Stream.concat(judge.selected().stream(), judge.peers().stream()).toList();
    }

    /**
     * Undoes one run on each host, as {@link #outlook} said: RolledBack, Locked, Refused, Failed or Unreachable. Where
     * somebody else is at work on one of them, nothing is undone on any.
     */
    public Map<Host, Outcome> undo(Map<Host, PastRun> runs) {
        Guards guards = new Guards(fleet, safety);
        try {
            Map<Host, Outcome> outcomes = locked(guards, runs);
            outcomes.forEach(fleet.events()::ended);
            return outcomes;
        } finally {
            guards.unlock();
            guards.close();
        }
    }

    private Map<Host, Outcome> locked(Guards guards, Map<Host, PastRun> runs) {
        Map<Host, Outcome> not = new LinkedHashMap<>(guards.reserve(runs.keySet()));
        String held = not.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Outcome.Locked)
                .map(entry -> entry.getKey().name())
                .collect(Collectors.joining(", "));
        if (held.isEmpty()) lookAgain(runs, not);
        else
            for (Host host : runs.keySet())
                not.putIfAbsent(host, new Outcome.Refused("somebody else is at work on " + held));
        // From here on hosts go by themselves; each is asked over a way of its own.
        guards.stopKeeping();
        Map<Host, Outcome> undone = fleet.each(
                runs.keySet().stream().filter(host -> !not.containsKey(host)).toList(),
                host -> undo(guards.run(), host, java.util.Objects.requireNonNull(runs.get(host))),
                (host, lost) -> new Outcome.Unreachable(lost.why()));
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        for (Host host : runs.keySet()) {
            Outcome why = not.get(host);
            outcomes.put(host, why != null ? why : java.util.Objects.requireNonNull(undone.get(host)));
        }
        return outcomes;
    }

    /** Others may have been at work since it was said what would be undone; now nobody else is. */
    private void lookAgain(Map<Host, PastRun> runs, Map<Host, Outcome> not) {
        Map<Host, History> now = history(everyone());
        not.forEach((host, why) -> now.put(host, new History.Unreachable(Unfinished.why(why))));
        Reversals.of(fabric, runs.keySet(), now).forEach((host, reversal) -> {
            PastRun meant = java.util.Objects.requireNonNull(runs.get(host));
            switch (reversal) {
                case Reversal.Undoes(PastRun run) -> {
                    if (!run.id().equals(meant.id()))
                        not.putIfAbsent(host, new Outcome.Refused("run " + run.id() + " has changed it meanwhile"));
                }
                case Reversal.Refused(String why) -> not.putIfAbsent(host, new Outcome.Refused(why));
                case Reversal.Unreachable(String why) -> not.putIfAbsent(host, new Outcome.Unreachable(why));
                case Reversal.Nothing() ->
                    not.putIfAbsent(host, new Outcome.Refused("run " + meant.id() + " was undone meanwhile"));
            }
        });
    }

    /** @param owner the run that has the lock */
    private Outcome undo(String owner, Host host, PastRun past) {
        HostGuard guard = new HostGuard(fleet.connection(host), host.name(), past.id(), safety);
        String why = "rolled back by " + safety.about().getOrDefault("who", "somebody");
        String lost = "";
        try {
            guard.revert(owner, why);
        } catch (GuardFailure e) {
            return failed(host, past, String.valueOf(e.getMessage()));
        } catch (Unreachable e) {
            lost = ": " + e.why();
        }
        Optional<PastRun> now = guard.undone(WITHIN);
        if (now.isEmpty())
            return new Outcome.Unreachable("whether it has undone run " + past.id() + " could not be seen" + lost);
        if (!now.get().undone()) return new Outcome.Unreachable("run " + past.id() + " was not undone" + lost);
        told(host, guard, past);
        if (now.get().partly())
            return failed(host, past, "not undone: " + now.get().missed());
        return new Outcome.RolledBack(new HostPlan(host, List.of()), why);
    }

    private static Outcome failed(Host host, PastRun past, String output) {
        return new Outcome.Failed(new HostPlan(host, List.of()), "undoing run " + past.id(), output);
    }

    /** Where this fails the next run tells once more. */
    private void told(Host host, HostGuard guard, PastRun past) {
        try {
            guard.told(past.id());
        } catch (Unreachable | GuardFailure e) {
            fleet.events().trace(host, String.valueOf(e.getMessage()));
        }
    }
}
