package org.linkctl.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.engine.History;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;

/** Undoes what was confirmed before. */
public final class Rollback {
    private static final Duration WITHIN = Duration.ofMinutes(3);

    private final Fleet fleet;
    private final Safety safety;

    public Rollback(Fleet fleet, Safety safety) {
        this.fleet = fleet;
        this.safety = safety;
    }

    /** What the hosts remember. */
    public Map<Host, History> history(List<Host> hosts) {
        return fleet.each(
                hosts,
                host -> {
                    var connection = fleet.connection(host);
                    return new History.Known(HostGuard.past(
                            safety, host.name(), connection.ask(List.of(HostGuard.question(safety, host.name())))));
                },
                (host, lost) -> new History.Unreachable(lost.why()));
    }

    /** Undoes one run on each host: RolledBack, Locked, Failed or Unreachable. */
    public Map<Host, Outcome> undo(Map<Host, PastRun> runs) {
        return fleet.each(
                runs.keySet(),
                host -> {
                    try {
                        return undo(host, java.util.Objects.requireNonNull(runs.get(host)));
                    } catch (GuardFailure e) {
                        return new Outcome.Failed(nothing(host), "rollback", String.valueOf(e.getMessage()));
                    }
                },
                (host, lost) -> new Outcome.Unreachable(lost.why()));
    }

    private Outcome undo(Host host, PastRun past) throws Unreachable {
        HostGuard guard = new HostGuard(fleet.connection(host), host.name(), past.id(), safety);
        Optional<String> holder = guard.lock();
        if (holder.isPresent()) return new Outcome.Locked(holder.get());
        String why = "rolled back by " + safety.about().getOrDefault("who", "somebody");
        guard.revert(past.id(), why);
        Optional<PastRun> now = guard.undone(WITHIN);
        now.filter(PastRun::undone).ifPresent(run -> guard.told(run.id()));
        guard.unlock();
        return now.isPresent() && now.get().undone()
                ? new Outcome.RolledBack(nothing(host), why)
                : new Outcome.Unreachable("whether it has undone run " + past.id() + " could not be seen");
    }

    private static HostPlan nothing(Host host) {
        return new HostPlan(host, List.of());
    }
}
