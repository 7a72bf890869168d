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

/** What carries traffic on a host now, as its answers say. What cannot be told carries none: the host's plan says why. */
final class Carrying {
    private final Judge judge;

    Carrying(Judge judge) {
        this.judge = judge;
    }

    Order.Seen seen(HostPlan plan, Published published, Answers answers) {
        return new Order.Seen(plan, spreading(plan.host(), published, answers), role(plan.host(), published, answers));
    }

    /** By the selected resources that spread traffic and are there already, the paths of each. */
    private Map<String, Set<String>> spreading(Host host, Published published, Answers answers) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        for (Planned<?, ?> planned : judge.wanted(host, published)) {
            Set<String> paths = planned.resource().spreads();
            if (judge.selects(planned.module()) && !paths.isEmpty())
                out.put(planned.resource().id(), paths);
        }
        try {
            if (!out.isEmpty()) out.keySet().retainAll(judge.established(host, published, answers));
        } catch (Refused e) {
            return Map.of();
        }
        return out;
    }

    /** The part that a host plays beside another one: where what gives it that part is as it is wanted. */
    private Optional<Role> role(Host host, Published published, Answers answers) {
        for (Planned<?, ?> planned : judge.wanted(host, published)) {
            Role role = planned.resource().hostRole().orElse(null);
            if (role == null || differs(host, planned, answers)) continue;
            return Optional.of(new Role(role.active(), role.yields() && judge.selects(planned.module())));
        }
        return Optional.empty();
    }

    private boolean differs(Host host, Planned<?, ?> planned, Answers answers) {
        try {
            return !judge.guarded(host, planned, () -> planned.assess(answers))
                    .changes()
                    .isEmpty();
        } catch (Refused e) {
            return true;
        }
    }
}
