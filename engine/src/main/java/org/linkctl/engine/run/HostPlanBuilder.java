package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;

/**
 * Builds the plan of one host from its answers: what is removed, what is made, and what the host's manifest records.
 */
final class HostPlanBuilder {
    private final RunPlanner planner;
    private final Host host;
    private final Answers answers;
    private final Ownership owned;
    private final List<Planned<?, ?>> wanted;
    private final HeldPaths held;
    private final Set<String> changeable;
    private final ManifestUpdate manifest;
    private final SharedPaths shared;
    private final List<HostPlan.Item> items = new ArrayList<>();
    private final List<HostPlan.Warning> warnings = new ArrayList<>();

    HostPlanBuilder(
            RunPlanner planner,
            Host host,
            Answers answers,
            Ownership owned,
            List<Planned<?, ?>> wanted,
            HeldPaths held,
            Set<String> changeable) {
        this.planner = planner;
        this.held = held;
        this.changeable = changeable;
        this.host = host;
        this.answers = answers;
        this.owned = owned;
        this.wanted = wanted;
        this.shared = planner.sharedPaths();
        this.manifest = new ManifestUpdate(owned, planner.fabric(), planner.undeclared());
    }

    /** Removals come first: a new resource may need the port or the bond member of an old one. */
    HostPlan build() {
        remove();
        make();
        held();
        return new HostPlan(host, manifest.wrap(items), warnings);
    }

    /**
     * Plans one resource. One that is refused becomes an item with the reason beside what would be done otherwise;
     * nothing is done on the host then.
     */
    private boolean orRefused(Planned<?, ?> planned, Runnable work) {
        String id = planned.resource().id();
        try {
            work.run();
            return true;
        } catch (Refused e) {
            String why = String.valueOf(e.getMessage());
            String named = id + ": ";
            items.add(HostPlan.Item.refused(
                    planned.module(), id, why.startsWith(named) ? why.substring(named.length()) : why));
            manifest.keep(id);
            return false;
        }
    }

    /** What is held stays so, and is told; the mark of what is no longer declared goes. */
    private void held() {
        Set<String> known = new LinkedHashSet<>();
        for (Planned<?, ?> planned : wanted) {
            if (planned.refusal().isPresent()) return;
            known.addAll(planned.resource().spreads());
        }
        held.marks().forEach((path, mark) -> {
            boolean stays = known.contains(path)
                    || !mark.fabric().equals(planner.fabric())
                    || !planner.selects(HeldPaths.ID)
                    || planner.undeclared() == Undeclared.FORGOTTEN;
            if (stays) warnings.add(new HostPlan.Warning(HeldPaths.ID, HeldPaths.shown(path) + " is " + mark.said()));
            else items.add(held.removal(path));
        });
    }

    private void warn(Planned<?, ?> planned) {
        String id = planned.resource().id();
        for (String text : planner.callModule(host, planned, () -> planned.warnings(answers))) {
            warnings.add(new HostPlan.Warning(id, text));
        }
    }

    private void make() {
        Map<String, List<String>> missing = new HashMap<>();
        PathDependencies paths = new PathDependencies();
        for (Planned<?, ?> planned : wanted) {
            Resource resource = planned.resource();
            Set<String> over = paths.neededBy(resource);
            if (!planner.selects(planned.module())) {
                manifest.keep(resource.id());
                continue;
            }
            boolean[] ready = {true};
            boolean planable = orRefused(planned, () -> ready[0] = make(planned, over, missing(resource, missing)));
            if (planable && ready[0]) continue;
            for (String provided : resource.provides()) {
                missing.computeIfAbsent(provided, token -> new ArrayList<>()).add(resource.id());
            }
        }
    }

    /** Whether resources that need this one can be made: it does not differ, or can be made now. */
    private boolean make(Planned<?, ?> planned, Set<String> over, List<String> after) {
        Resource resource = planned.resource();
        Planned.Assessment found = planner.callModule(host, planned, () -> planned.assess(answers));
        warn(planned);
        List<String> adopts = claim(planned);
        if (found.changes().isEmpty()) {
            manifest.adopt(adopts);
            return true;
        }
        manifest.releaseUnlessClaimed(resource.id());
        var ways = new HostPlan.Paths(resource.way(), resource.spreads(), over, found.exists());
        HostPlan.Item item = item(planned, found, ways, after, adopts);
        items.add(item);
        return item.ready();
    }

    /** A path is removed in a stage of its own, once it carries no traffic; what it needed is removed after it. */
    private void remove() {
        Set<String> going = new LinkedHashSet<>();
        Set<String> paths = new LinkedHashSet<>();
        for (Planned<?, ?> planned : planner.absences(host, wanted, owned)) {
            going.add(planned.resource().id());
            orRefused(planned, () -> remove(planned, paths));
        }
        if (planner.undeclared() == Undeclared.FORGOTTEN) return;
        for (Owned one : owned.without(ids(wanted))) {
            // A resource that another inventory owns too stays, and is that one's alone.
            boolean shared = planner.selects(one.module())
                    && owned.otherOwner(one.resource()).isPresent();
            if (!shared && !going.contains(one.resource())) manifest.keep(one.resource());
        }
    }

    private void remove(Planned<?, ?> planned, Set<String> paths) {
        Planned.Assessment found = planner.callModule(host, planned, () -> planned.assess(answers));
        warn(planned);
        if (found.changes().isEmpty()) return;
        manifest.release(planned.resource().id());
        Optional<String> path = planned.resource().way();
        HostPlan.Paths ways = new HostPlan.Paths(path, Set.of(), Set.copyOf(paths), true);
        items.add(item(planned, found, ways, List.of(), List.of()));
        path.ifPresent(paths::add);
    }

    /**
     * Claims a declared resource in the manifest. Returns what of it existed before and is taken over. Where another
     * inventory owns it too, that one's record of the original state is copied: the last owner restores it.
     */
    private List<String> claim(Planned<?, ?> planned) {
        String id = planned.resource().id();
        Optional<Memory> before = owned.memory(id);
        Optional<Memory> known = before.or(() -> owned.otherMemory(id));
        Optional<Memory> memory = planner.callModule(host, planned, () -> planned.memory(answers, known));
        manifest.claim(id, memory);
        if (memory.isEmpty() || before.isPresent()) return List.of();
        List<String> adopts = new ArrayList<>();
        for (String what : planner.callModule(host, planned, () -> planned.adopts(answers))) {
            adopts.add(what + ", which linkctl did not make");
        }
        owned.otherOwner(id).ifPresent(other -> adopts.add(id + ", which inventory '" + other + "' owns, too"));
        return adopts;
    }

    private static List<String> missing(Resource resource, Map<String, List<String>> missing) {
        return resource.needs().stream()
                .flatMap(need -> missing.getOrDefault(need, List.of()).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> unknowns(Resource resource, Set<String> partners, HostPlan.Paths ways) {
        List<String> out = new ArrayList<>(resource.unknowns());
        shared.waits(ways).ifPresent(out::add);
        partners.stream()
                .filter(partner -> !changeable.contains(partner))
                .sorted()
                .forEach(partner -> out.add(partner + ", which has to change in the same run"));
        return out;
    }

    private HostPlan.Item item(
            Planned<?, ?> planned,
            Planned.Assessment found,
            HostPlan.Paths ways,
            List<String> after,
            List<String> adopts) {
        List<String> unknowns = unknowns(planned.resource(), found.partners(), ways);
        return new HostPlan.Item(
                planned.module(),
                planned.resource().id(),
                found.changes(),
                unknowns.isEmpty() ? found.steps() : List.of(),
                unknowns,
                after,
                planned.guarded(),
                ways,
                adopts,
                found.partners(),
                unknowns.equals(planned.resource().unknowns())
                        ? planned.resource().madeBy()
                        : Set.of(),
                null);
    }

    static Set<String> ids(List<Planned<?, ?>> wanted) {
        Set<String> out = new LinkedHashSet<>();
        wanted.forEach(planned -> out.add(planned.resource().id()));
        return out;
    }
}
