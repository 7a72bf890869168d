package org.linkctl.cli.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.playbook.Way;

/** What is drained at present, in the order in which it was. Thread-safe: Ctrl-C tells of it. */
final class Drained {
    private final List<Way> ways = new ArrayList<>();

    synchronized void add(Way way) {
        if (!ways.contains(way)) ways.add(way);
    }

    synchronized void remove(Way way) {
        ways.remove(way);
    }

    /** The latest first. */
    synchronized List<Way> ways() {
        return List.copyOf(ways).reversed();
    }

    synchronized List<String> names() {
        return ways.stream().map(Way::name).toList();
    }

    /** The paths of all. */
    synchronized Set<String> paths() {
        Set<String> paths = new LinkedHashSet<>();
        ways.forEach(way -> paths.addAll(way.paths()));
        return paths;
    }

    /** The paths while one way is left out as well. */
    Set<String> with(Way way) {
        Set<String> paths = new LinkedHashSet<>(paths());
        paths.addAll(way.paths());
        return paths;
    }

    /** The paths once one way is used again. */
    synchronized Set<String> without(Way way) {
        Set<String> paths = new LinkedHashSet<>();
        ways.stream().filter(one -> !one.equals(way)).forEach(one -> paths.addAll(one.paths()));
        return paths;
    }
}
