package org.linkctl.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Role;

/**
 * Which resources of a host carry traffic now, by its answers. One that cannot be assessed counts as carrying none; the
 * host's own plan says why.
 */
final class TrafficState {
    private final RunPlanner planner;

    TrafficState(RunPlanner planner) {
        this.planner = planner;
    }

    StagePlanner.HostState of(HostPlan plan, Published published, Answers answers) {
        return new StagePlanner.HostState(
                plan, spreading(plan.host(), published, answers), role(plan.host(), published, answers));
    }

    /** By each selected resource that distributes traffic and exists already, its paths. */
    private Map<String, Set<String>> spreading(Host host, Published published, Answers answers) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        for (Planned<?, ?> planned : planner.wanted(host, published, answers)) {
            Set<String> paths = planned.resource().spreads();
            if (planner.selects(planned.module()) && !paths.isEmpty())
                out.put(planned.resource().id(), paths);
        }
        try {
            if (!out.isEmpty()) out.keySet().retainAll(planner.existing(host, published, answers));
        } catch (Refused e) {
            return Map.of();
        }
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
