package org.linkctl.playbook;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What may be drained when a step begins. A step may fail at any time: {@code onFailure} begins with what is drained then, and
 * {@code always} with what is drained after any of the steps before it. All of it is put back at the very end alone.
 */
public final class DrainedStates {
    /**
     * One of them.
     *
     * @param ways by the name of what is drained, its paths; of several tunnels each by its own
     */
    public record State(Map<String, Set<String>> ways) {
        public State {
            ways = Map.copyOf(ways);
        }

        /** The names of what is drained. */
        public List<String> names() {
            return ways.keySet().stream().sorted().toList();
        }

        /** The paths that carry nothing. */
        public Set<String> paths() {
            return ways.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        }

        private State after(Action action) {
            Map<String, Set<String>> next = new LinkedHashMap<>(ways);
            if (action instanceof Action.Drain(var way)) {
                if (way.parts().isEmpty()) next.put(way.name(), way.paths());
                way.parts().forEach(part -> next.put(part.name(), part.paths()));
            }
            if (action instanceof Action.Undrain(var way)) next.keySet().removeAll(way.names());
            return new State(next);
        }
    }

    private final Map<Integer, Set<State>> before = new LinkedHashMap<>();

    private DrainedStates() {}

    /** @param from the number of the first step that is done */
    public static DrainedStates of(Playbook playbook, int from) {
        DrainedStates out = new DrainedStates();
        Set<State> at = new LinkedHashSet<>(Set.of(new State(Map.of())));
        at = out.through(
                playbook.tasks().stream().filter(task -> task.number() >= from).toList(), at);
        at = out.through(playbook.onFailure(), at);
        out.through(playbook.always(), at);
        return out;
    }

    /** @return the states before and after each of these steps, whichever of them fails */
    private Set<State> through(List<Task> tasks, Set<State> first) {
        Set<State> all = new LinkedHashSet<>(first);
        Set<State> at = first;
        for (Task task : tasks) {
            before.put(task.number(), at);
            at = at.stream()
                    .map(state -> state.after(task.action()))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            all.addAll(at);
        }
        return all;
    }

    /** Those in which a step may begin; none where it is left out. */
    public Set<State> before(Task task) {
        return before.getOrDefault(task.number(), Set.of());
    }
}
