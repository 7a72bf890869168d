package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spi.Change;

/** The counts of a plan's outcomes: hosts, changes, failures. */
public record ChangeCounts(
        int hosts, int add, int change, int remove, int cuts, int converged, int unreachable, int refused, int failed) {
    public static ChangeCounts of(Collection<Outcome> outcomes) {
        ChangeCounts sum = new ChangeCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);
        for (Outcome outcome : outcomes) sum = sum.plus(of(outcome));
        return sum;
    }

    /**
     * Of what a run would do.
     *
     * @param leaving the names of hosts on which something is left to another run: what waits there is not counted
     */
    public static ChangeCounts of(Map<Host, Outcome> outcomes, Set<String> leaving) {
        return of(outcomes.entrySet().stream()
                .map(one -> leaving.contains(one.getKey().name()) ? withoutWaiting(one.getValue()) : one.getValue())
                .toList());
    }

    private static Outcome withoutWaiting(Outcome outcome) {
        if (!(outcome instanceof Outcome.WouldChange(HostPlan plan))) return outcome;
        List<HostPlan.Item> now =
                plan.items().stream().filter(HostPlan.Item::ready).toList();
        return now.isEmpty() ? new Outcome.Converged() : new Outcome.WouldChange(plan.with(now));
    }

    private static ChangeCounts of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Converged() -> new ChangeCounts(0, 0, 0, 0, 0, 1, 0, 0, 0);
            case Outcome.WouldChange(HostPlan plan) -> of(plan);
            case Outcome.Changed(HostPlan plan) -> of(plan);
            case Outcome.NotConverged stuck -> new ChangeCounts(0, 0, 0, 0, 0, 0, 0, 0, 1);
            case Outcome.Failed failed -> new ChangeCounts(0, 0, 0, 0, 0, 0, 0, 0, 1);
            case Outcome.RolledBack back -> new ChangeCounts(0, 0, 0, 0, 0, 0, 0, 0, 1);
            case Outcome.Locked locked -> new ChangeCounts(0, 0, 0, 0, 0, 0, 0, 0, 1);
            case Outcome.Unreachable(String why) -> new ChangeCounts(0, 0, 0, 0, 0, 0, 1, 0, 0);
            case Outcome.Refused(String why, var plan) -> new ChangeCounts(0, 0, 0, 0, 0, 0, 0, 1, 0);
        };
    }

    static ChangeCounts of(HostPlan plan) {
        List<Change> changes =
                plan.items().stream().flatMap(item -> item.changes().stream()).toList();
        return new ChangeCounts(
                1,
                count(changes, Change.Action.CREATE),
                count(changes, Change.Action.UPDATE),
                count(changes, Change.Action.DELETE),
                (int) changes.stream().filter(Change::isCut).count(),
                0,
                0,
                0,
                0);
    }

    private static int count(List<Change> changes, Change.Action action) {
        return (int)
                changes.stream().filter(change -> change.action() == action).count();
    }

    private ChangeCounts plus(ChangeCounts other) {
        return new ChangeCounts(
                hosts + other.hosts,
                add + other.add,
                change + other.change,
                remove + other.remove,
                cuts + other.cuts,
                converged + other.converged,
                unreachable + other.unreachable,
                refused + other.refused,
                failed + other.failed);
    }

    /** Whether every host was reached and understood, and none differs. */
    public boolean nothingToDo() {
        return hosts == 0 && !hasErrors();
    }

    public boolean hasErrors() {
        return unreachable + refused + failed > 0;
    }

    /** {@code 14 to add, 3 to change, 0 to remove; 1 cuts traffic}. */
    String changes() {
        String cutting = cuts == 0 ? "" : "; " + (cuts == 1 ? "1 cuts traffic" : cuts + " cut traffic");
        return add + " to add, " + change + " to change, " + remove + " to remove" + cutting;
    }

    /** The last line of a plan. */
    String summary() {
        List<String> parts = new ArrayList<>();
        if (hosts > 0) parts.add("Plan: " + TextLayout.count(hosts, "host") + ", " + changes());
        if (hosts > 0 && converged > 0) parts.add(converged + " converged");
        if (hosts == 0 && converged > 0)
            parts.add("Nothing to do: " + TextLayout.count(converged, "host") + " converged");
        if (hosts == 0 && converged == 0) parts.add("No plan");
        if (unreachable > 0) parts.add(unreachable + " unreachable");
        if (refused > 0) parts.add(refused + " refused");
        if (failed > 0) parts.add(failed + " failed");
        return String.join("; ", parts);
    }
}
