package org.linkctl.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/**
 * What one host's run will change, in order: the plan that is shown is the plan that is run.
 *
 * @param warnings what whoever lets linkctl go on has to know beside the changes, also where nothing differs
 */
public record HostPlan(Host host, List<Item> items, List<Warning> warnings) {
    /** Something about a resource that none of its changes says. */
    public record Warning(String resource, String text) {}

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
     * @param refused why nothing can be planned for it, so that nothing is done on the host; null: it can
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
            Set<String> partners,
            @Nullable String refused) {
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
            this(module, resource, changes, steps, unknowns, after, guarded, Ways.NONE, List.of(), Set.of(), null);
        }

        /** One that nothing can be planned for. */
        public static Item refused(String module, String resource, String why) {
            return new Item(
                    module, resource, List.of(), List.of(), List.of(), List.of(), true, Ways.NONE, List.of(), Set.of(),
                    why);
        }

        /** What it is on whichever system: its id without that of the system, such as {@code wireguard[wg0]}. */
        public String thing() {
            return resource.substring(resource.indexOf('.') + 1);
        }

        /** The same, waiting for something more. */
        public Item waitingFor(String what) {
            List<String> all = new ArrayList<>(unknowns);
            all.add(what);
            return new Item(module, resource, changes, List.of(), all, after, guarded, ways, adopts, partners, refused);
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
            return new Item(
                    module, resource, other, steps, unknowns, after, guarded, others, adopts, partners, refused);
        }

        /** Whether its steps can be run now. */
        public boolean ready() {
            return unknowns.isEmpty() && after.isEmpty() && refused == null;
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
        warnings = List.copyOf(warnings);
    }

    /** One with nothing to be warned of. */
    public HostPlan(Host host, List<Item> items) {
        this(host, items, List.of());
    }

    /** The same with other items. */
    public HostPlan with(List<Item> others) {
        return new HostPlan(host, others, warnings);
    }

    /** What was refused, a line each, with the resource; empty where everything can be planned. */
    public Optional<String> refusals() {
        String all = items.stream()
                .filter(item -> item.refused() != null)
                .map(item -> item.resource() + ": " + item.refused())
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? Optional.empty() : Optional.of(all);
    }

    public boolean isEmpty() {
        return items.isEmpty();
    }

    public boolean cutsTraffic() {
        return items.stream().anyMatch(Item::cutsTraffic);
    }
}
