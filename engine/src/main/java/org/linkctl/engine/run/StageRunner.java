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
import org.linkctl.engine.Stages.Mode;
import org.linkctl.engine.Stages.Stage;

/**
 * Carries out the stages of a run: moves traffic off the paths at both ends, changes one end after the other, checks
 * that they work, and moves traffic back.
 */
final class StageRunner {
    private static final int MOST_ROUNDS = 6;

    private final Actions actions;
    private final Deque<Stage> next;
    private final Set<String> waiting = new LinkedHashSet<>();
    private final Set<String> drained = new LinkedHashSet<>();

    /** The actions of the run that a stage needs. */
    interface Actions {
        /** Carries out these items on every host that has any, and probes it again. False: there were none. */
        boolean carryOut(Function<HostRun, List<HostPlan.Item>> choice);

        /** Plans again, from the last probe. */
        void decide();

        /**
         * What is bad at the ends of paths and was not before the run; probed repeatedly until nothing is, or the time
         * is over.
         */
        Map<String, List<String>> unhealthy(Collection<String> hosts, Collection<String> paths);

        /**
         * Why the traffic of a stage's paths would have nothing to go over now; empty: it has. Probed repeatedly until it
         * has, or the time is over: whoever watches tunnels takes a moment to see that one is back.
         *
         * @param drained paths that carry no traffic at present
         */
        String noOtherWay(Stage stage, Set<String> drained);

        /** Whether none of these hosts has ended. */
        boolean active(Collection<String> hosts);

        /** Ends the run of these hosts as failed. */
        void fail(Collection<String> hosts, String what, String why);
    }

    StageRunner(Stages stages, Actions actions) {
        this.actions = actions;
        this.next = new ArrayDeque<>(stages.stages());
        next.forEach(stage -> waiting.addAll(stage.paths()));
    }

    /** The paths that carry no traffic at present. */
    Set<String> drained() {
        return drained;
    }

    /** Keeps traffic off new paths from the first step on, until they are seen to work. */
    void begin() {
        next.stream().filter(stage -> stage.mode() == Mode.NEW).forEach(stage -> drained.addAll(stage.paths()));
        actions.decide();
    }

    /** Whether an item does not wait for a stage. */
    boolean mayRunNow(HostPlan.Item item) {
        return item.paths().path().filter(waiting::contains).isEmpty()
                && item.paths().over().stream().noneMatch(waiting::contains);
    }

    /** Carries out the next stage. False: there is none, or one failed; later stages are not carried out then. */
    boolean next() {
        Stage stage = next.poll();
        if (stage == null) return false;
        carryOut(stage);
        drained.removeAll(stage.paths());
        actions.decide();
        if (!actions.active(stage.hosts())) {
            next.clear();
            return false;
        }
        waiting.removeAll(stage.paths());
        if (stage.drained()) actions.carryOut(work -> spreading(work, stage));
        return true;
    }

    private void carryOut(Stage stage) {
        if (stage.drained()) {
            String lost = actions.noOtherWay(stage, drained);
            if (!lost.isEmpty()) {
                actions.fail(stage.hosts(), "moving traffic off " + String.join(" and ", stage.names()), lost);
                return;
            }
            drained.addAll(stage.paths());
            actions.decide();
            actions.carryOut(work -> spreading(work, stage));
        }
        for (int round = 0; round < MOST_ROUNDS && changeEnds(stage); round++) {}
        if (!actions.active(stage.hosts())) {
            actions.fail(stage.hosts(), what(stage), "the change of its other end failed");
            return;
        }
        Map<String, List<String>> unhealthy = actions.unhealthy(stage.hosts(), stage.paths());
        if (unhealthy.isEmpty()) return;
        Map<String, String> why = new LinkedHashMap<>();
        unhealthy.forEach((host, what) -> why.put(host, host + ": " + String.join("; ", what)));
        actions.fail(stage.hosts(), what(stage), String.join("\n", why.values()));
    }

    private static String what(Stage stage) {
        return "seeing whether " + String.join(" and ", stage.names()) + " works after the change";
    }

    /** Changes one end after the other. False: nothing was left to do. */
    private boolean changeEnds(Stage stage) {
        boolean any = false;
        for (String host : stage.hosts()) {
            any |= actions.carryOut(work -> work.host.name().equals(host) ? ends(work, stage) : List.of());
        }
        return any;
    }

    private static List<HostPlan.Item> ends(HostRun work, Stage stage) {
        return work.retries().stream()
                .filter(item ->
                        item.paths().path().filter(stage.paths()::contains).isPresent())
                .toList();
    }

    private static List<HostPlan.Item> spreading(HostRun work, Stage stage) {
        return work.remaining.items().stream()
                .filter(HostPlan.Item::ready)
                .filter(item -> item.paths().spreads().stream().anyMatch(stage.paths()::contains))
                .toList();
    }
}
