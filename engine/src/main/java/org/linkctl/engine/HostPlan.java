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
 * The changes of one host in order: the plan that is shown is the plan that is carried out.
 *
 * @param warnings what the user has to know before going on, beside the changes; also where nothing differs
 */
public record HostPlan(Host host, List<Item> items, List<Warning> warnings) {
    /** A warning about a resource that none of its changes shows. */
    public record Warning(String resource, String text) {}

    /**
     * One resource that differs.
     *
     * @param unknowns values that have to be known first; while there are any, {@code steps} is empty
     * @param after resources that this one needs and that cannot be made yet, since something is unknown; or whose
     *     removal has to be confirmed by a probe first
     * @param guarded whether its steps can cut off management access, so that the guard undoes them unless they are
     *     confirmed
     * @param paths how it relates to the paths between hosts
     * @param adopts what exists already, was not made by linkctl, and is owned by it from now on
     * @param partners hosts that have to change in the same run; otherwise this change is undone
     * @param madeBy hosts whose own change of the same resource ends what is unknown here, and it is all that this waits for
     * @param refused why it cannot be planned, so that nothing is done on the host; null: it can
     */
    public record Item(
            String module,
            String resource,
            List<Change> changes,
            List<Step> steps,
            List<String> unknowns,
            List<String> after,
            boolean guarded,
            Paths paths,
            List<String> adopts,
            Set<String> partners,
            Set<String> madeBy,
            @Nullable String refused) {
        public Item {
            partners = Set.copyOf(partners);
            madeBy = Set.copyOf(madeBy);
            changes = List.copyOf(changes);
            steps = List.copyOf(steps);
            unknowns = List.copyOf(unknowns);
            after = List.copyOf(after);
            adopts = List.copyOf(adopts);
        }

        /** An item without paths, adoptions and partners. */
        public Item(
                String module,
                String resource,
                List<Change> changes,
                List<Step> steps,
                List<String> unknowns,
                List<String> after,
                boolean guarded) {
            this(
                    module,
                    resource,
                    changes,
                    steps,
                    unknowns,
                    after,
                    guarded,
                    Paths.NONE,
                    List.of(),
                    Set.of(),
                    Set.of(),
                    null);
        }

        /** An item for a resource that cannot be planned. */
        public static Item refused(String module, String resource, String why) {
            return new Item(
                    module,
                    resource,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    true,
                    Paths.NONE,
                    List.of(),
                    Set.of(),
                    Set.of(),
                    why);
        }

        /** The resource id without its system: {@code wireguard[wg0]} for {@code linux.wireguard[wg0]}. */
        public String genericId() {
            return resource.substring(resource.indexOf('.') + 1);
        }

        /** The same item with one more unknown, and no steps. */
        public Item waitingFor(String what) {
            List<String> all = new ArrayList<>(unknowns);
            all.add(what);
            return new Item(
                    module, resource, changes, List.of(), all, after, guarded, paths, adopts, partners, Set.of(),
                    refused);
        }

        /** Whether the running state changes: a file alone takes effect at the next start only. */
        public boolean isLive() {
            return changes.stream().anyMatch(change -> change.kind() == Change.Kind.STATE);
        }

        /** Whether steps do more than write files: some files are read again at once. */
        public boolean acts() {
            return isLive()
                    || steps.stream().anyMatch(step -> step instanceof Step.Run || step instanceof Step.WriteValue);
        }

        public boolean cutsTraffic() {
            return changes.stream().anyMatch(Change::isCut);
        }

        /** The same item, with its cuts marked as moved: traffic uses another path meanwhile. */
        Item withTrafficMoved() {
            return with(changes.stream().map(Change::moves).toList(), paths);
        }

        /** Whether it belongs to the path through its own host: it is guarded, and an end of no path between hosts. */
        public boolean cutsHostPath(String path) {
            return guarded && paths.path().isEmpty() && !paths.spreads().contains(path);
        }

        /** The same item as a part of the path through its host, if it belongs there. */
        Item onHostPath(String path) {
            if (!cutsHostPath(path)) return this;
            return with(changes, new Paths(Optional.of(path), paths.spreads(), paths.over(), paths.exists()));
        }

        private Item with(List<Change> other, Paths others) {
            return new Item(
                    module, resource, other, steps, unknowns, after, guarded, others, adopts, partners, madeBy,
                    refused);
        }

        /** Whether its steps can be run now. */
        public boolean ready() {
            return unknowns.isEmpty() && after.isEmpty() && refused == null;
        }

        /** Whether it cannot begin before that host has changed, and can then. */
        public boolean waitsFor(String host) {
            return madeBy.equals(Set.of(host)) && after.isEmpty() && refused == null;
        }
    }

    /**
     * How a resource relates to the paths between hosts.
     *
     * @param path the path that it is an end of
     * @param spreads the paths that it distributes traffic over (ECMP)
     * @param over the paths that it needs to exist
     * @param exists whether it exists already, however it differs
     */
    public record Paths(Optional<String> path, Set<String> spreads, Set<String> over, boolean exists) {
        public static final Paths NONE = new Paths(Optional.empty(), Set.of(), Set.of(), true);

        public Paths {
            spreads = Set.copyOf(spreads);
            over = Set.copyOf(over);
        }
    }

    public HostPlan {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    /** A plan without warnings. */
    public HostPlan(Host host, List<Item> items) {
        this(host, items, List.of());
    }

    /** The same plan with other items. */
    public HostPlan with(List<Item> others) {
        return new HostPlan(host, others, warnings);
    }

    /** All refusals, a line each with the resource; empty: everything can be planned. */
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
