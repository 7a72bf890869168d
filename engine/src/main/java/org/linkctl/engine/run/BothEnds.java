package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.linkctl.engine.HostPlan;

/**
 * What has to change at both ends of a link in one run waits at one end for as long as the other end waits for something
 * of its own: a key that is not known, a host that is not in the run.
 */
final class BothEnds {
    private BothEnds() {}

    /** Until nothing more has to wait; what waits is never let go, so that this ends. */
    static void hold(Collection<Work> works) {
        boolean more = true;
        while (more) {
            more = false;
            for (Work work : works) more |= hold(work, works);
        }
    }

    private static boolean hold(Work work, Collection<Work> works) {
        List<HostPlan.Item> items = new ArrayList<>();
        boolean held = false;
        for (HostPlan.Item item : work.left.items()) {
            Optional<String> far = item.unknowns().isEmpty() ? waiting(item, works) : Optional.empty();
            held |= far.isPresent();
            items.add(far.map(item::waitingFor).orElse(item));
        }
        if (held) work.left = work.left.with(items);
        return held;
    }

    /** The other end that has to change, too, and cannot yet. */
    private static Optional<String> waiting(HostPlan.Item item, Collection<Work> works) {
        return works.stream()
                .filter(other -> item.partners().contains(other.host.name()))
                .filter(other ->
                        other.left.items().stream().anyMatch(far -> far.thing().equals(item.thing()) && !far.ready()))
                .map(other -> item.thing() + " on " + other.host.name() + ", which waits itself")
                .findFirst();
    }
}
