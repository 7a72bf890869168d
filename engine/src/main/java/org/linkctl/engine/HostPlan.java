package org.linkctl.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What one host's run will change, in order: the plan that is shown is the plan that is run. */
public record HostPlan(Host host, List<Item> items) {
    /**
     * One resource that differs.
     *
     * @param unknowns what has to be known first; while there is any, {@code steps} is empty
     * @param after the resources that it needs and that cannot be made yet, for want of something unknown; or that have
     *     to be seen to be gone first
     * @param guarded whether its steps can cut anybody off, so that they are undone unless they are confirmed
     * @param ways how it stands to the paths between hosts
     * @param adopts what is there already, was not made by linkctl, and is its own from now on
     * @param partners the hosts that change with this one, or it is undone
     */
    public record Item(
            String module,
            String resource,
            List<Change> changes,
            List<Step> steps,
            List<String> unknowns,
            List<String> after,
            boolean guarded,
            Ways ways,
            List<String> adopts,
            Set<String> partners) {
        public Item {
            partners = Set.copyOf(partners);
            changes = List.copyOf(changes);
            steps = List.copyOf(steps);
            unknowns = List.copyOf(unknowns);
            after = List.copyOf(after);
            adopts = List.copyOf(adopts);
        }

        /** One that has nothing to do with paths, and needs no other host. */
        public Item(
                String module,
                String resource,
                List<Change> changes,
                List<Step> steps,
                List<String> unknowns,
                List<String> after,
                boolean guarded) {
            this(module, resource, changes, steps, unknowns, after, guarded, Ways.NONE, List.of(), Set.of());
        }

        /** Whether anything changes that is in use now: a file alone counts from the next start on. */
        public boolean isLive() {
            return changes.stream().anyMatch(change -> change.kind() == Change.Kind.STATE);
        }

        /** Whether more is done than to write files: some are read again at once. */
        public boolean acts() {
            return isLive()
                    || steps.stream().anyMatch(step -> step instanceof Step.Run || step instanceof Step.WriteValue);
        }

        public boolean cutsTraffic() {
            return changes.stream().anyMatch(Change::isCut);
        }

        /** The same, where traffic has another way meanwhile. */
        Item moves() {
            return with(changes.stream().map(Change::moves).toList(), ways);
        }

        /** Whether it is part of this path, the one through its host: it is an end of no other, and may cut somebody off. */
        public boolean isOf(String path) {
            return guarded && ways.path().isEmpty() && !ways.spreads().contains(path);
        }

        /** The same, as part of the path through its host. */
        Item through(String path) {
            if (!isOf(path)) return this;
            return with(changes, new Ways(Optional.of(path), ways.spreads(), ways.over(), ways.exists()));
        }

        private Item with(List<Change> other, Ways others) {
            return new Item(module, resource, other, steps, unknowns, after, guarded, others, adopts, partners);
        }

        /** Whether its steps can be run now. */
        public boolean ready() {
            return unknowns.isEmpty() && after.isEmpty();
        }
    }

    /**
     * How a resource stands to the paths between hosts.
     *
     * @param path the one that it is an end of
     * @param spreads those that it spreads traffic over
     * @param over those that it needs to be there
     * @param exists whether it is there already, however it may differ
     */
    public record Ways(Optional<String> path, Set<String> spreads, Set<String> over, boolean exists) {
        public static final Ways NONE = new Ways(Optional.empty(), Set.of(), Set.of(), true);

        public Ways {
            spreads = Set.copyOf(spreads);
            over = Set.copyOf(over);
        }
    }

    public HostPlan {
        items = List.copyOf(items);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public boolean cutsTraffic() {
        return items.stream().anyMatch(Item::cutsTraffic);
    }
}
