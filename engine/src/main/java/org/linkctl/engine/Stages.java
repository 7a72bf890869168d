package org.linkctl.engine;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Resource;

/**
 * The order of a run. What belongs to no path between hosts goes first, on all hosts in parallel; then one stage after
 * the other, each of which begins when the one before was checked.
 *
 * @param stages in their order
 * @param cuts changes that interrupt traffic all the same, since it has no other path
 */
public record Stages(List<Stage> stages, List<Cut> cuts) {
    public static final Stages NONE = new Stages(List.of(), List.of());

    public Stages {
        stages = List.copyOf(stages);
        cuts = List.copyOf(cuts);
    }

    /** What the stages mean for the plans of hosts: of many hosts each looks up its own paths. */
    public Moved moved() {
        return new Moved(
                stages.stream().flatMap(stage -> stage.paths().stream()).collect(Collectors.toSet()),
                stages.stream()
                        .filter(stage -> stage.mode() != Mode.IN_PLACE)
                        .flatMap(stage -> stage.paths().stream())
                        .collect(Collectors.toSet()));
    }

    /**
     * Paths of stages.
     *
     * @param all of every stage
     * @param empty of those that lead traffic elsewhere
     */
    public record Moved(Set<String> all, Set<String> empty) {
        /** A host's plan, with cuts marked as moved where a stage leads traffic elsewhere. */
        public HostPlan annotate(HostPlan plan) {
            String through = Resource.through(plan.host().name());
            boolean alone = all.contains(through);
            return plan.with(plan.items().stream()
                    .map(item -> alone ? item.onHostPath(through) : item)
                    .map(item ->
                            item.paths().path().filter(empty::contains).isPresent() ? item.withTrafficMoved() : item)
                    .toList());
        }
    }

    /** How traffic is handled while a stage is carried out. */
    public enum Mode {
        /** Traffic stays on the paths; the change must not interrupt it. */
        IN_PLACE,
        /** Traffic is moved to other paths first, and back afterwards (drained). */
        DRAINED,
        /** The paths are new: traffic is moved to them once they work. */
        NEW,
        /** The host stands by (CARP or VRRP backup): traffic passes through its partner. */
        STANDBY
    }

    /**
     * Paths that are changed together: one that is in use, or all that are new; or one host of a pair, as the path
     * through it ({@link Resource#through}).
     *
     * @param hosts whose ends are changed, one after the other
     */
    public record Stage(List<String> paths, List<String> hosts, Mode mode) {
        public Stage {
            paths = List.copyOf(paths);
            hosts = List.copyOf(hosts);
        }

        /** Whether the paths carry no traffic while they are changed. */
        public boolean drained() {
            return mode == Mode.DRAINED || mode == Mode.NEW;
        }

        /** Whether a host is changed, not a path between two hosts. */
        public boolean ofHost() {
            return hosts.size() == 1 && paths.equals(List.of(Resource.through(hosts.getFirst())));
        }

        /** Whether it is one of several hosts that give the same service ({@link Resource#member}). */
        public boolean ofMember() {
            return paths.stream().allMatch(path -> Resource.memberHost(path).isPresent());
        }

        /** The names of what is changed, for messages. */
        public List<String> names() {
            if (ofHost()) return hosts;
            return ofMember() ? paths.stream().map(Resource::shown).toList() : paths;
        }
    }

    /**
     * A change that interrupts traffic.
     *
     * @param subject of the change
     * @param seconds about how long; null: for good, or until something else is changed too
     * @param why traffic cannot be moved; empty: it is not on a path
     */
    public record Cut(
            String host,
            String resource,
            String subject,
            @Nullable Integer seconds,
            String why) {}
}
