package org.linkctl.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of a run. What touches no path between two hosts goes first, on all hosts side by side; then one stage after
 * the other, each of which begins when the one before it was checked.
 *
 * @param stages in their order
 * @param cuts what interrupts traffic all the same, since it has no other way
 */
public record Stages(List<Stage> stages, List<Cut> cuts) {
    public static final Stages NONE = new Stages(List.of(), List.of());

    public Stages {
        stages = List.copyOf(stages);
        cuts = List.copyOf(cuts);
    }

    /** A host's plan, with what these stages make of changes that would cut traffic. */
    public HostPlan shown(HostPlan plan) {
        Set<String> drained = stages.stream()
                .filter(Stage::drained)
                .flatMap(stage -> stage.paths().stream())
                .collect(Collectors.toSet());
        return new HostPlan(
                plan.host(),
                plan.items().stream()
                        .map(item ->
                                item.ways().path().filter(drained::contains).isPresent() ? item.moves() : item)
                        .toList());
    }

    /**
     * Paths that are changed together: one that is in use, or all that are new.
     *
     * @param hosts whose ends are changed, one after the other
     * @param drained whether nothing is sent over them meanwhile
     * @param made whether they are new
     */
    public record Stage(List<String> paths, List<String> hosts, boolean drained, boolean made) {
        public Stage {
            paths = List.copyOf(paths);
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * A change for which traffic has to stop.
     *
     * @param subject of the change
     * @param seconds for about how long; null: for good, or until something else is changed too
     * @param why it cannot go elsewhere
     */
    public record Cut(
            String host,
            String resource,
            String subject,
            @Nullable Integer seconds,
            String why) {}
}
