package org.linkctl.engine.run;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Stages;
import org.linkctl.engine.Stages.How;
import org.linkctl.engine.Stages.Stage;

/**
 * Carries the stages of a run out: takes paths out of use at both ends, changes one end after the other, looks whether
 * they work, and puts them back.
 */
final class Staging {
    private static final int MOST_ROUNDS = 6;

    private final Hands hands;
    private final Deque<Stage> next;
    private final Set<String> held = new LinkedHashSet<>();
    private final Set<String> drained = new LinkedHashSet<>();

    /** What the run does for it. */
    interface Hands {
        /** Carries out some items on every host that has any, and looks again. False: there was nothing to do. */
        boolean carryOut(Function<Work, List<HostPlan.Item>> choice);

        /** Decides again by what was seen last. */
        void decide();

        /** What is bad about paths at their ends, and was not before the run; asked until it is nothing. */
        Map<String, List<String>> ailing(Collection<String> hosts, Collection<String> paths);

        /** Whether all of these are still in the run. */
        boolean active(Collection<String> hosts);

        /** Ends the run of these hosts: it could not go on as planned. */
        void fail(Collection<String> hosts, String what, String why);
    }

    Staging(Stages stages, Hands hands) {
        this.hands = hands;
        this.next = new ArrayDeque<>(stages.stages());
        next.forEach(stage -> held.addAll(stage.paths()));
    }

    /** Paths that nothing is to be sent over just now. */
    Set<String> drained() {
        return drained;
    }

    /** From the first step on: what is to be made carries nothing until it was seen to work. */
    void begin() {
        next.stream().filter(stage -> stage.how() == How.MADE).forEach(stage -> drained.addAll(stage.paths()));
        hands.decide();
    }

    /** Whether an item need not wait for a stage. */
    boolean free(HostPlan.Item item) {
        return item.ways().path().filter(held::contains).isEmpty()
                && item.ways().over().stream().noneMatch(held::contains);
    }

    /** Carries out the next stage. False: there is none, or one failed; what waits for it is left undone then. */
    boolean next() {
        Stage stage = next.poll();
        if (stage == null) return false;
        carryOut(stage);
        drained.removeAll(stage.paths());
        hands.decide();
        if (!hands.active(stage.hosts())) {
            next.clear();
            return false;
        }
        held.removeAll(stage.paths());
        if (stage.drained()) hands.carryOut(work -> spreading(work, stage));
        return true;
    }

    private void carryOut(Stage stage) {
        if (stage.drained()) {
            drained.addAll(stage.paths());
            hands.decide();
            hands.carryOut(work -> spreading(work, stage));
        }
        for (int round = 0; round < MOST_ROUNDS && changeEnds(stage); round++) {}
        if (!hands.active(stage.hosts())) {
            hands.fail(stage.hosts(), what(stage), "the change of its other end failed");
            return;
        }
        Map<String, List<String>> ailing = hands.ailing(stage.hosts(), stage.paths());
        if (ailing.isEmpty()) return;
        Map<String, String> why = new LinkedHashMap<>();
        ailing.forEach((host, what) -> why.put(host, host + ": " + String.join("; ", what)));
        hands.fail(stage.hosts(), what(stage), String.join("\n", why.values()));
    }

    private static String what(Stage stage) {
        return "seeing whether " + String.join(" and ", stage.names()) + " works after the change";
    }

    /** One end after the other. False: there was nothing left to do. */
    private boolean changeEnds(Stage stage) {
        boolean any = false;
        for (String host : stage.hosts()) {
            any |= hands.carryOut(work -> work.host.name().equals(host) ? ends(work, stage) : List.of());
        }
        return any;
    }

    private static List<HostPlan.Item> ends(Work work, Stage stage) {
        return work.again().stream()
                .filter(item ->
                        item.ways().path().filter(stage.paths()::contains).isPresent())
                .toList();
    }

    private static List<HostPlan.Item> spreading(Work work, Stage stage) {
        return work.left.items().stream()
                .filter(HostPlan.Item::ready)
                .filter(item -> item.ways().spreads().stream().anyMatch(stage.paths()::contains))
                .toList();
    }
}
