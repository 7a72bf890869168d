package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.engine.HostPlan;

/**
 * Changes that have to be made at both ends of a link in one run: an end waits for as long as the other end waits for
 * something, such as a key that is not known, or a host that is not in the run.
 */
final class PairedChanges {
    private PairedChanges() {}

    /** Repeats until no further item is held. It ends, since an item that is held stays held. */
    static void hold(Collection<HostRun> works) {
        Map<String, HostRun> byName = new LinkedHashMap<>();
        for (HostRun work : works) byName.put(work.host.name(), work);
        boolean more = true;
        while (more) {
            more = false;
            for (HostRun work : works) more |= hold(work, byName);
        }
    }

    private static boolean hold(HostRun work, Map<String, HostRun> works) {
        List<HostPlan.Item> items = new ArrayList<>();
        boolean held = false;
        for (HostPlan.Item item : work.remaining.items()) {
            Optional<String> far = item.unknowns().isEmpty() ? waiting(work, item, works) : Optional.empty();
            held |= far.isPresent();
            items.add(far.map(item::waitingFor).orElse(item));
        }
        if (held) work.remaining = work.remaining.with(items);
        return held;
    }

    /** The other end that has to change and cannot yet, for another reason than that it waits for this one. */
    private static Optional<String> waiting(HostRun work, HostPlan.Item item, Map<String, HostRun> works) {
        // In the order of the run, for a set has another one each time. Most items have one partner, or none.
        return (item.partners().size() < 2
                        ? item.partners().stream().flatMap(name -> Stream.ofNullable(works.get(name)))
                        : works.values().stream()
                                .filter(other -> item.partners().contains(other.host.name())))
                .filter(other -> other.remaining.items().stream()
                        .anyMatch(far -> far.genericId().equals(item.genericId())
                                && !far.ready()
                                && !far.waitsFor(work.host.name())))
                .map(other -> item.genericId() + " on " + other.host.name() + ", which waits itself")
                .findFirst();
    }
}
