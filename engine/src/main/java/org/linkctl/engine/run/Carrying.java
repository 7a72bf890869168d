package org.linkctl.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.engine.HostPlan;
import org.linkctl.model.Host;
import org.linkctl.plan.Planned;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Role;

/** What carries traffic on a host now, as its answers say. What cannot be told carries none: the host's plan says why. */
final class Carrying {
    private final Judge judge;

    Carrying(Judge judge) {
        this.judge = judge;
    }

    Order.Seen seen(HostPlan plan, Published published, Answers answers) {
        Host host = plan.host();
        Set<String> there = established(host, published, answers);
        return new Order.Seen(
                plan, spreading(host, published, there), ends(host, published, there), role(host, published, answers));
    }

    private Set<String> established(Host host, Published published, Answers answers) {
        try {
            return judge.established(host, published, answers);
        } catch (Refused e) {
            return Set.of();
        }
    }

    /** By the selected resources that spread traffic and are there already, the paths of each. */
    private Map<String, Set<String>> spreading(Host host, Published published, Set<String> there) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        for (Planned<?, ?> planned : judge.wanted(host, published)) {
            Resource resource = planned.resource();
            if (judge.selects(planned.module()) && !resource.spreads().isEmpty() && there.contains(resource.id()))
                out.put(resource.id(), resource.spreads());
        }
        return out;
    }

    private Set<String> ends(Host host, Published published, Set<String> there) {
        return judge.wanted(host, published).stream()
                .map(Planned::resource)
                .filter(resource -> there.contains(resource.id()))
                .flatMap(resource -> resource.way().stream())
                .collect(Collectors.toSet());
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
