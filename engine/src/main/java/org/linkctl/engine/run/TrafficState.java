package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Drainable;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Role;

/**
 * Which resources of a host carry traffic now, by its answers. One that cannot be assessed counts as carrying none; the
 * host's own plan says why.
 */
final class TrafficState {
    /**
     * What a resource goes over.
     *
     * @param dead of its paths: those that do not answer
     * @param held of its paths: those that a user has taken out of service
     */
    record Spreading(Set<String> paths, Set<String> dead, Set<String> held) {
        Spreading {
            paths = Set.copyOf(paths);
            dead = Set.copyOf(dead);
            held = Set.copyOf(held);
        }

        /** Where its traffic can go but for a path; {@code dead} ones count where the run mends them before. */
        Set<String> without(String path, Set<String> mended, Set<String> made) {
            Set<String> out = new TreeSet<>(paths);
            out.remove(path);
            out.removeAll(made);
            out.removeAll(held);
            dead.stream().filter(one -> !mended.contains(one)).forEach(out::remove);
            return out;
        }
    }

    private final RunPlanner planner;

    TrafficState(RunPlanner planner) {
        this.planner = planner;
    }

    StagePlanner.HostState of(HostPlan plan, Published published, Answers answers) {
        return new StagePlanner.HostState(
                plan, spreading(plan.host(), published, answers), role(plan.host(), published, answers));
    }

    /** What each selected resource that distributes traffic and exists already goes over. */
    List<Spreading> spreading(Host host, Published published, Answers answers) {
        Map<String, Planned<?, ?>> all = new LinkedHashMap<>();
        for (Planned<?, ?> planned : planner.wanted(host, published, answers)) {
            Set<String> paths = planned.resource().spreads();
            if (planner.selects(planned.module()) && !paths.isEmpty())
                all.put(planned.resource().id(), planned);
        }
        List<Spreading> out = new ArrayList<>();
        try {
            if (!all.isEmpty()) all.keySet().retainAll(planner.existing(host, published, answers));
            Set<String> held = planner.held(host, answers).paths();
            for (Planned<?, ?> planned : all.values()) out.addAll(of(host, planned, held, answers));
        } catch (Refused e) {
            return List.of();
        }
        return out;
    }

    /** Why the traffic of these paths would have nothing to go over on this host, were they drained now; empty: it has. */
    Optional<String> lost(
            Host host, Published published, Answers answers, Collection<String> paths, Set<String> drained) {
        for (Spreading spreading : spreading(host, published, answers)) {
            for (String path : paths) {
                if (!spreading.paths().contains(path)
                        || !spreading.without(path, Set.of(), drained).isEmpty()) continue;
                Set<String> dead = new TreeSet<>(spreading.dead());
                dead.remove(path);
                return Optional.of("it is the only path that " + host.name() + " has now"
                        + (dead.isEmpty() ? "" : ": " + String.join(" and ", dead) + " does not answer"));
            }
        }
        return Optional.empty();
    }

    /** A module that does not tell what is usable goes over all of its paths. */
    private List<Spreading> of(Host host, Planned<?, ?> planned, Set<String> held, Answers answers) {
        Set<String> paths = planned.resource().spreads();
        List<Spreading> out = new ArrayList<>();
        for (Drainable.Shared shared : planner.callModule(host, planned, () -> planned.shared(answers))) {
            Set<String> declared = common(shared.declared(), paths);
            if (declared.isEmpty()) continue;
            Set<String> dead = new LinkedHashSet<>(declared);
            dead.removeAll(shared.usable());
            dead.removeAll(held);
            out.add(new Spreading(declared, dead, common(held, declared)));
        }
        return out.isEmpty() ? List.of(new Spreading(paths, Set.of(), common(held, paths))) : out;
    }

    private static Set<String> common(Set<String> one, Set<String> other) {
        Set<String> out = new LinkedHashSet<>(one);
        out.retainAll(other);
        return out;
    }

    /** The role of a host in a pair, where the resource that gives it that role is as declared. */
    private Optional<Role> role(Host host, Published published, Answers answers) {
        for (Planned<?, ?> planned : planner.wanted(host, published, answers)) {
            Role role = planned.resource().hostRole().orElse(null);
            if (role == null || differs(host, planned, answers)) continue;
            return Optional.of(new Role(role.active(), role.yields() && planner.selects(planned.module())));
        }
        return Optional.empty();
    }

    private boolean differs(Host host, Planned<?, ?> planned, Answers answers) {
        try {
            return !planner.callModule(host, planned, () -> planned.assess(answers))
                    .changes()
                    .isEmpty();
        } catch (Refused e) {
            return true;
        }
    }
}
