package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.engine.Drain;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Drainable;

/**
 * The plan of a host in a run that drains something, or puts it back: the marks, and what that changes of the resources
 * that spread traffic over it. Nothing else of the host is changed.
 *
 * @param held what is held now
 * @param line of the marks that are set
 */
record DrainPlan(Drain drain, Host host, HeldPaths held, String line) {
    /** What is held afterwards. */
    Set<String> after() {
        Set<String> out = held.paths();
        if (drain.out()) out.addAll(paths());
        else out.removeAll(paths());
        return out;
    }

    private Set<String> paths() {
        return drain.on(host.name());
    }

    /**
     * The plan.
     *
     * @param before what the host shall be with what is held now
     * @param then what it shall be afterwards
     */
    HostPlan build(RunPlanner planner, Answers answers, List<Planned<?, ?>> before, List<Planned<?, ?>> then) {
        List<HostPlan.Item> items = new ArrayList<>(marks());
        boolean first = !items.isEmpty();
        Map<String, Planned<?, ?>> now = new HashMap<>();
        before.forEach(planned -> now.put(planned.resource().id(), planned));
        for (Planned<?, ?> planned : then) {
            if (planned.resource().spreads().stream().noneMatch(paths()::contains)) continue;
            String id = planned.resource().id();
            Planned<?, ?> was = now.get(id);
            String why = first && was != null ? refusal(planner, answers, was) : "";
            if (!why.isEmpty()) {
                items.add(HostPlan.Item.refused(planned.module(), id, why));
                continue;
            }
            Planned.Assessment found = planner.callModule(host, planned, () -> planned.assess(answers));
            if (!found.changes().isEmpty()) items.add(item(planned, found));
        }
        return new HostPlan(host, items, warnings());
    }

    private List<HostPlan.Item> marks() {
        Set<String> after = after();
        return paths().stream()
                .sorted()
                .filter(path -> held.marks().containsKey(path) != after.contains(path))
                .map(path -> drain.out() ? held.addition(path, line) : held.removal(path))
                .toList();
    }

    /** That it was drained before is no fault, and the mark stays as it is. */
    private List<HostPlan.Warning> warnings() {
        if (!drain.out()) return List.of();
        return paths().stream()
                .filter(held.marks()::containsKey)
                .sorted()
                .map(path -> new HostPlan.Warning(
                        Drain.mark(path), HeldPaths.shown(path) + " is " + HeldPaths.said(held.marks(), path)))
                .toList();
    }

    /** Why nothing may be done, by what the host is now; empty: nothing is in the way. */
    private String refusal(RunPlanner planner, Answers answers, Planned<?, ?> was) {
        if (!drain.out() && drain.force()) return "";
        Planned.Assessment pending = planner.callModule(host, was, () -> was.assess(answers));
        if (!pending.changes().isEmpty()) {
            return "differs from the inventory for other reasons: "
                    + pending.changes().stream().map(change -> change.subject()).collect(Collectors.joining(", "))
                    + "; `linkctl apply` first";
        }
        if (!drain.out() || drain.force()) return "";
        for (Drainable.Shared shared : planner.callModule(host, was, () -> was.shared(answers))) {
            Set<String> drained = new LinkedHashSet<>(shared.declared());
            drained.retainAll(paths());
            Set<String> left = new LinkedHashSet<>(shared.usable());
            left.removeAll(paths());
            left.removeAll(drain.unusable());
            if (drained.isEmpty() || !left.isEmpty() || planner.goesOnElsewhere(host, shared.declared(), drain))
                continue;
            return shared.what() + " would have nothing else to go over"
                    + (shared.declared().size() > drained.size() ? ": the rest is dead, or drained" : "");
        }
        return "";
    }

    private HostPlan.Item item(Planned<?, ?> planned, Planned.Assessment found) {
        return new HostPlan.Item(
                planned.module(),
                planned.resource().id(),
                found.changes(),
                found.steps(),
                planned.resource().unknowns(),
                List.of(),
                planned.guarded(),
                new HostPlan.Paths(planned.resource().way(), planned.resource().spreads(), Set.of(), found.exists()),
                List.of(),
                Set.of(),
                Set.of(),
                null);
    }
}
