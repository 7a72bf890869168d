package org.linkctl.engine;

import java.util.List;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What one host's run will change, in order: the plan that is shown is the plan that is run. */
public record HostPlan(Host host, List<Item> items) {
    /**
     * One resource that differs.
     *
     * @param unknowns what has to be known first; while there is any, {@code steps} is empty
     * @param after the resources that it needs and that cannot be made yet, for want of something unknown
     * @param guarded whether its steps can cut anybody off, so that they are undone unless they are confirmed
     */
    public record Item(
            String module,
            String resource,
            List<Change> changes,
            List<Step> steps,
            List<String> unknowns,
            List<String> after,
            boolean guarded) {
        public Item {
            changes = List.copyOf(changes);
            steps = List.copyOf(steps);
            unknowns = List.copyOf(unknowns);
            after = List.copyOf(after);
        }

        /** Whether its steps can be run now. */
        public boolean ready() {
            return unknowns.isEmpty() && after.isEmpty();
        }
    }

    public HostPlan {
        items = List.copyOf(items);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public boolean cutsTraffic() {
        return items.stream()
                .flatMap(item -> item.changes().stream())
                .anyMatch(change -> change.traffic() == Change.Traffic.CUTS);
    }
}
