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
 * The changes to a host's manifest of owned resources that belong to a plan. What is to be made is claimed before
 * anything is done; what is removed is given up only once a probe finds it gone. So nothing that linkctl made is left
 * without a record, whatever happens in between.
 */
final class ManifestUpdate {
    private static final String CLAIM = "linkctl.owned";
    private static final String GIVE_UP = "linkctl.owned[given up]";

    private final Ownership before;
    private final String fabric;
    private final Undeclared undeclared;
    private final Map<String, Owned> wanted = new LinkedHashMap<>();
    private final Map<String, Owned> staying = new LinkedHashMap<>();
    private final Set<String> released = new LinkedHashSet<>();
    private final List<String> adopted = new ArrayList<>();

    ManifestUpdate(Ownership before, String fabric, Undeclared undeclared) {
        this.before = before;
        this.fabric = fabric;
        this.undeclared = undeclared;
    }

    /** What the host records of a declared resource; empty: nothing has to be recorded. */
    void claim(String resource, Optional<Memory> memory) {
        memory.ifPresent(kept -> wanted.put(resource, new Owned(resource, kept)));
    }

    /** Gives a resource up once its removal was carried out. */
    void release(String resource) {
        released.add(resource);
    }

    /** The same for a resource that is still declared, but no longer needs a record. */
    void releaseUnlessClaimed(String resource) {
        if (!wanted.containsKey(resource) && before.memory(resource).isPresent()) release(resource);
    }

    /** Keeps the record of a resource that this run does not plan, or that may not be removed. */
    void keep(String resource) {
        for (Owned one : before.owned()) if (one.resource().equals(resource)) staying.put(resource, one);
    }

    /** Adoptions that no item shows. */
    void adopt(List<String> what) {
        adopted.addAll(what);
    }

    /** The plan's items, with those that write the manifest before and after them. */
    List<HostPlan.Item> wrap(List<HostPlan.Item> items) {
        List<Owned> lasting = before.merged(wanted.values(), staying);
        Map<String, Owned> still = new LinkedHashMap<>(staying);
        for (Owned one : before.owned()) if (released.contains(one.resource())) still.putIfAbsent(one.resource(), one);
        List<Owned> claimed = before.merged(wanted.values(), still);
        List<HostPlan.Item> out = new ArrayList<>();
        String now = before.ours().map(Manifest::text).orElse(null);
        boolean claims = !before.owned().containsAll(claimed) || !adopted.isEmpty();
        String middle = claims ? text(claimed) : now;
        if (claims) out.addAll(item(CLAIM, now, middle, List.of(), adopted));
        out.addAll(items);
        // Where nothing is removed, one write is enough; a different order alone needs none.
        boolean same = Set.copyOf(lasting).equals(Set.copyOf(before.owned()));
        if (same && !claims && undeclared != Undeclared.FORGOTTEN) return out;
        if (!claims || !released.isEmpty()) {
            out.addAll(item(GIVE_UP, middle, text(lasting), List.copyOf(released), List.of()));
        }
        return out;
    }

    /**
     * The text of a manifest; null: no file. A host that was forgotten keeps an empty one, which says that nothing
     * there is linkctl's.
     */
    private @Nullable String text(List<Owned> owned) {
        boolean empty = before.ours().isPresent() && (before.owned().isEmpty() || undeclared == Undeclared.FORGOTTEN);
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
                HostPlan.Paths.NONE,
                adopts,
                Set.of(),
                Set.of(),
                null));
    }
}
