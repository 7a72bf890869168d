package org.linkctl.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Resource;

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
        Set<String> empty = stages.stream()
                .filter(stage -> stage.how() != How.IN_PLACE)
                .flatMap(stage -> stage.paths().stream())
                .collect(Collectors.toSet());
        String through = Resource.through(plan.host().name());
        boolean alone = stages.stream().anyMatch(stage -> stage.paths().contains(through));
        return plan.with(plan.items().stream()
                .map(item -> alone ? item.through(through) : item)
                .map(item -> item.ways().path().filter(empty::contains).isPresent() ? item.moves() : item)
                .toList());
    }

    /** What traffic does meanwhile. */
    public enum How {
        /** It goes on over them, and must not notice. */
        IN_PLACE,
        /** It is led elsewhere before, and back afterwards. */
        DRAINED,
        /** They are new: it comes once they work. */
        MADE,
        /** It goes through another host anyway, for which this one stands by. */
        STANDING_BY
    }

    /**
     * Paths that are changed together: one that is in use, or all that are new. Or one of two hosts that stand in for each
     * other, as the path through it ({@link Resource#through}).
     *
     * @param hosts whose ends are changed, one after the other
     */
    public record Stage(List<String> paths, List<String> hosts, How how) {
        public Stage {
            paths = List.copyOf(paths);
            hosts = List.copyOf(hosts);
        }

        /** Whether traffic is kept off them. */
        public boolean drained() {
            return how == How.DRAINED || how == How.MADE;
        }

        /** Whether it is a host that is changed, and not what is between two. */
        public boolean ofHost() {
            return hosts.size() == 1 && paths.equals(List.of(Resource.through(hosts.getFirst())));
        }

        /** What is changed, for a reader. */
        public List<String> names() {
            return ofHost() ? hosts : paths;
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
