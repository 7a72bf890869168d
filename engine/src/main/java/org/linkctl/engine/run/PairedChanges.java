package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.linkctl.engine.HostPlan;

/**
 * Changes that have to be made at both ends of a link in one run: an end waits for as long as the other end waits for
 * something, such as a key that is not known, or a host that is not in the run.
 */
final class PairedChanges {
    private PairedChanges() {}

    /** Repeats until no further item is held. It ends, since an item that is held stays held. */
    static void hold(Collection<HostRun> works) {
        boolean more = true;
        while (more) {
            more = false;
            for (HostRun work : works) more |= hold(work, works);
        }
    }

    private static boolean hold(HostRun work, Collection<HostRun> works) {
        List<HostPlan.Item> items = new ArrayList<>();
        boolean held = false;
        for (HostPlan.Item item : work.remaining.items()) {
            Optional<String> far = item.unknowns().isEmpty() ? waiting(item, works) : Optional.empty();
            held |= far.isPresent();
            items.add(far.map(item::waitingFor).orElse(item));
        }
        if (held) work.remaining = work.remaining.with(items);
        return held;
    }

    /** The other end that has to change and cannot yet. */
    private static Optional<String> waiting(HostPlan.Item item, Collection<HostRun> works) {
        return works.stream()
                .filter(other -> item.partners().contains(other.host.name()))
                .filter(other -> other.remaining.items().stream()
                        .anyMatch(far -> far.genericId().equals(item.genericId()) && !far.ready()))
                .map(other -> item.genericId() + " on " + other.host.name() + ", which waits itself")
                .findFirst();
    }
}
