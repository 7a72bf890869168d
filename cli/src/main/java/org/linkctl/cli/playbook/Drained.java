package org.linkctl.cli.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.plan.Way;

/**
 * What this run has taken out of service, in the order in which it did. What somebody else had taken out before is not
 * among it. Thread-safe: Ctrl-C tells of it.
 */
final class Drained {
    private final List<Way> ways = new ArrayList<>();
    private final Map<String, Set<String>> marks = new LinkedHashMap<>();

    /** @param set by host, the paths whose marks this run sets */
    synchronized void add(Way way, Map<String, Set<String>> set) {
        if (!ways.contains(way)) ways.add(way);
        set.forEach((host, paths) ->
                marks.computeIfAbsent(host, _ -> new LinkedHashSet<>()).addAll(paths));
    }

    /** @param gone the marks that are not, or no longer, on the hosts */
    synchronized void remove(Map<String, Set<String>> gone) {
        gone.forEach(
                (host, paths) -> marks.getOrDefault(host, new LinkedHashSet<>()).removeAll(paths));
    }

    /** It is no longer asked for; what was set for it stays known until {@link #remove(Map)}. */
    synchronized void end(Way way) {
        ways.remove(way);
    }

    /** The latest first. */
    synchronized List<Way> ways() {
        return List.copyOf(ways).reversed();
    }

    synchronized List<String> names() {
        return ways.stream()
                .filter(way -> !ofRun(way).marks().isEmpty())
                .map(Way::name)
                .toList();
    }

    /** A way with those of its marks alone that this run has set, and that nothing else it has drained needs. */
    synchronized Way toPutBack(Way way) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        ofRun(way).marks().forEach((host, paths) -> {
            Set<String> own = new LinkedHashSet<>(paths);
            ways.stream()
                    .filter(other -> !other.equals(way))
                    .forEach(other -> own.removeAll(other.marks().getOrDefault(host, Set.of())));
            if (!own.isEmpty()) out.put(host, own);
        });
        return new Way(way.name(), out);
    }

    private Way ofRun(Way way) {
        Map<String, Set<String>> out = new LinkedHashMap<>();
        way.marks().forEach((host, paths) -> {
            Set<String> own = new LinkedHashSet<>(paths);
            own.retainAll(marks.getOrDefault(host, Set.of()));
            if (!own.isEmpty()) out.put(host, own);
        });
        return new Way(way.name(), out);
    }
}
