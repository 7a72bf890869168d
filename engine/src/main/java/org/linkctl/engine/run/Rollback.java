package org.linkctl.engine.run;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.History;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.PlannedRollback;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.spi.Resource;

/** Undoes confirmed runs: all hosts are locked, then probed, and only then is anything undone. */
public final class Rollback {
    private static final Duration WITHIN = Duration.ofMinutes(3);

    private final Fabric fabric;
    private final RunPlanner planner;
    private final Fleet fleet;
    private final Safety safety;

    public Rollback(Fabric fabric, RunPlanner planner, Fleet fleet, Safety safety) {
        this.fabric = fabric;
        this.planner = planner;
        this.fleet = fleet;
        this.safety = safety;
    }

    /** The recorded runs of the selected hosts. */
    public Map<Host, History> history() {
        return history(planner.selected());
    }

    private Map<Host, History> history(Collection<Host> hosts) {
        return fleet.each(
                hosts,
                host -> {
                    var connection = fleet.connection(host);
                    return new History.Known(HostGuard.pastRuns(
                            safety, host.name(), connection.ask(List.of(HostGuard.question(safety, host.name())))));
                },
                (host, lost) -> new History.Unreachable(lost.why()));
    }

    /** What would be undone on the selected hosts; changes nothing. */
    public Map<Host, PlannedRollback> preview() {
        return RollbackPlanner.of(fabric, planner.selected(), history(selectedAndPeers()));
    }

    private List<Host> selectedAndPeers() {
        return Stream.concat(planner.selected().stream(), planner.peers().stream())
                .toList();
    }

    /**
     * Undoes one run on each host, as {@link #preview} said: RolledBack, Locked, Refused, Failed or Unreachable. Where
     * another run holds one of the locks, nothing is undone on any host.
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
        if (held.isEmpty()) recheck(runs, not);
        else
            for (Host host : runs.keySet())
                not.putIfAbsent(host, new Outcome.Refused("somebody else is at work on " + held));
        // From here on each host undoes its run by itself, and is asked over a new connection.
        guards.stopKeepalives();
        Map<Host, Outcome> undone = undo(
                guards.runId(),
                runs,
                runs.keySet().stream().filter(host -> !not.containsKey(host)).toList());
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        for (Host host : runs.keySet()) {
            Outcome why = not.get(host);
            outcomes.put(host, why != null ? why : java.util.Objects.requireNonNull(undone.get(host)));
        }
        return outcomes;
    }

    /** All at once, but for hosts that give the same service ({@link Resource#member}): up to the first that fails. */
    private Map<Host, Outcome> undo(String owner, Map<Host, PastRun> runs, List<Host> hosts) {
        List<Host> members = hosts.stream()
                .filter(host -> isMember(java.util.Objects.requireNonNull(runs.get(host))))
                .toList();
        List<Host> others =
                hosts.stream().filter(host -> !members.contains(host)).toList();
        Map<Host, Outcome> out = new LinkedHashMap<>(undoTogether(owner, runs, others));
        Optional<Host> failed = Optional.empty();
        for (Host host : members) {
            if (failed.isPresent()) {
                out.put(
                        host,
                        new Outcome.Refused(failed.get().name() + " was to be rolled back before it, and was not"));
                continue;
            }
            out.putAll(undoTogether(owner, runs, List.of(host)));
            if (!(out.get(host) instanceof Outcome.RolledBack)) failed = Optional.of(host);
        }
        return out;
    }

    private static boolean isMember(PastRun run) {
        return run.touched().stream()
                .flatMap(touched -> touched.paths().stream())
                .anyMatch(path -> Resource.memberHost(path).isPresent());
    }

    private Map<Host, Outcome> undoTogether(String owner, Map<Host, PastRun> runs, List<Host> hosts) {
        return fleet.each(
                hosts,
                host -> undo(owner, host, java.util.Objects.requireNonNull(runs.get(host))),
                (host, lost) -> new Outcome.Unreachable(lost.why()));
    }

    /** Checks under the locks that the runs to undo are still the last ones. */
    private void recheck(Map<Host, PastRun> runs, Map<Host, Outcome> not) {
        Map<Host, History> now = history(selectedAndPeers());
        not.forEach((host, why) -> now.put(host, new History.Unreachable(OutcomeReasons.of(why))));
        RollbackPlanner.of(fabric, runs.keySet(), now).forEach((host, rollback) -> {
            PastRun meant = java.util.Objects.requireNonNull(runs.get(host));
            switch (rollback) {
                case PlannedRollback.Undoes(PastRun run) -> {
                    if (!run.id().equals(meant.id()))
                        not.putIfAbsent(host, new Outcome.Refused("run " + run.id() + " has changed it meanwhile"));
                }
                case PlannedRollback.Refused(String why) -> not.putIfAbsent(host, new Outcome.Refused(why));
                case PlannedRollback.Unreachable(String why) -> not.putIfAbsent(host, new Outcome.Unreachable(why));
                case PlannedRollback.Nothing() ->
                    not.putIfAbsent(host, new Outcome.Refused("run " + meant.id() + " was undone meanwhile"));
            }
        });
    }

    /** @param owner the run that holds the lock */
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
        markReported(host, guard, past);
        if (now.get().partlyUndone())
            return failed(host, past, "not undone: " + now.get().notUndone());
        return new Outcome.RolledBack(new HostPlan(host, List.of()), why);
    }

    private static Outcome failed(Host host, PastRun past, String output) {
        return new Outcome.Failed(new HostPlan(host, List.of()), "undoing run " + past.id(), output);
    }

    /** If this fails, the next run reports the undo again. */
    private void markReported(Host host, HostGuard guard, PastRun past) {
        try {
            guard.markReported(past.id());
        } catch (Unreachable | GuardFailure e) {
            fleet.events().trace(host, String.valueOf(e.getMessage()));
        }
    }
}
