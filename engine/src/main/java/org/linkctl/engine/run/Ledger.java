package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostPlan;
import org.linkctl.plan.Manifest;
import org.linkctl.plan.Undeclared;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;

/**
 * Keeps a host's manifest true while a plan is made. What is going to be made is claimed before anything is done; what is
 * taken away is given up only once a second look finds nothing of it. So whatever happens in between, nothing of
 * linkctl's is ever left that nobody remembers.
 */
final class Ledger {
    private static final String CLAIM = "linkctl.owned";
    private static final String GIVE_UP = "linkctl.owned[given up]";

    private final Ownership before;
    private final String fabric;
    private final Undeclared how;
    private final Map<String, Owned> wanted = new LinkedHashMap<>();
    private final Map<String, Owned> staying = new LinkedHashMap<>();
    private final Set<String> leaving = new LinkedHashSet<>();
    private final List<String> adopted = new ArrayList<>();

    Ledger(Ownership before, String fabric, Undeclared how) {
        this.before = before;
        this.fabric = fabric;
        this.how = how;
    }

    /** What the host shall keep of something that is wanted; empty: nothing has to be kept. */
    void wants(String resource, Optional<Memory> memory) {
        memory.ifPresent(kept -> wanted.put(resource, new Owned(resource, kept)));
    }

    /** It is there no more as soon as its steps were carried out. */
    void leaves(String resource) {
        leaving.add(resource);
    }

    /** The same of something that is still declared, but in a way of which nothing is kept any more. */
    void leavesUnlessWanted(String resource) {
        if (!wanted.containsKey(resource) && before.memory(resource).isPresent()) leaves(resource);
    }

    /** What is not looked at in this run, or may not go, stays as it is remembered. */
    void stays(String resource) {
        for (Owned one : before.owned()) if (one.resource().equals(resource)) staying.put(resource, one);
    }

    /** Something that no item of its own tells of. */
    void adopts(List<String> what) {
        adopted.addAll(what);
    }

    /** The plan's items, and those that keep the manifest around them. */
    List<HostPlan.Item> around(List<HostPlan.Item> items) {
        List<Owned> lasting = before.merged(wanted.values(), staying);
        Map<String, Owned> still = new LinkedHashMap<>(staying);
        for (Owned one : before.owned()) if (leaving.contains(one.resource())) still.putIfAbsent(one.resource(), one);
        List<Owned> claimed = before.merged(wanted.values(), still);
        List<HostPlan.Item> out = new ArrayList<>();
        String now = before.ours().map(Manifest::text).orElse(null);
        boolean claims = !before.owned().containsAll(claimed) || !adopted.isEmpty();
        String middle = claims ? text(claimed) : now;
        if (claims) out.addAll(item(CLAIM, now, middle, List.of(), adopted));
        out.addAll(items);
        // Where nothing has to go first, one writing does for both; for another order alone, none is needed.
        boolean same = Set.copyOf(lasting).equals(Set.copyOf(before.owned()));
        if (same && !claims && how != Undeclared.FORGOTTEN) return out;
        if (!claims || !leaving.isEmpty()) {
            out.addAll(item(GIVE_UP, middle, text(lasting), List.copyOf(leaving), List.of()));
        }
        return out;
    }

    /** A host that was forgotten keeps an empty one: nothing there is linkctl's, whatever its files say. */
    private @Nullable String text(List<Owned> owned) {
        boolean empty = before.ours().isPresent() && (before.owned().isEmpty() || how == Undeclared.FORGOTTEN);
        return owned.isEmpty() && !empty ? null : Manifest.of(fabric, owned).text();
    }

    private List<HostPlan.Item> item(
            String id, @Nullable String now, @Nullable String then, List<String> after, List<String> adopts) {
        if (java.util.Objects.equals(now, then)) return List.of();
        Step step = then == null ? new Step.RemoveFile(before.path()) : Step.put(before.path(), "0600", then);
        return List.of(new HostPlan.Item(
                CLAIM,
                id,
                List.of(Change.file(before.path(), now, then)),
                List.of(step),
                List.of(),
                after,
                true,
                HostPlan.Ways.NONE,
                adopts,
                Set.of(),
                null));
    }
}
