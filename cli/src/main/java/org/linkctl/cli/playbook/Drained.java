package org.linkctl.cli.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.cli.run.DrainRun;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Way;
import org.linkctl.spi.Resource;

/**
 * What this run has taken out of service, in the order in which it did; and what it has seen that was out of service before,
 * by somebody else or a run that was killed. Thread-safe: Ctrl-C tells of it.
 */
final class Drained {
    private final List<Way> ways = new ArrayList<>();
    private final Map<String, Set<String>> marks = new LinkedHashMap<>();
    private final Set<String> before = new LinkedHashSet<>();

    /** Those of these marks that are not this run's; they are remembered. */
    synchronized List<DrainRun.Before> ofOthers(List<DrainRun.Before> seen) {
        List<DrainRun.Before> others = seen.stream()
                .filter(mark -> !marks.getOrDefault(mark.host(), Set.of()).contains(mark.path()))
                .toList();
        others.forEach(mark -> before.add(mark.path()));
        return others;
    }

    /**
     * What was out of service before, as far as this run has seen it.
     *
     * @return names that {@code linkctl undrain} takes; a tunnel is not among them where that of a host puts it back
     */
    synchronized List<String> before(Fabric fabric) {
        Set<String> hosts = new LinkedHashSet<>();
        Set<String> covered = new LinkedHashSet<>();
        for (Host host : fabric.hosts()) {
            if (before.contains(Resource.through(host.name())) || before.contains(Resource.place(host.name()))) {
                hosts.add(host.name());
                covered.addAll(Way.through(fabric, host).paths());
            }
        }
        List<String> out = new ArrayList<>(hosts);
        before.stream()
                .filter(path ->
                        !covered.contains(path) && !fabric.tunnelsNamed(path).isEmpty())
                .sorted()
                .forEach(out::add);
        return out;
    }

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

    /** It is no longer asked for, and of several tunnels no longer these; what was set for it stays known until {@link #remove(Map)}. */
    synchronized void end(Way way) {
        List<Way> left = without(way);
        ways.clear();
        ways.addAll(left);
    }

    private List<Way> without(Way way) {
        return ways.stream().flatMap(one -> one.without(way).stream()).toList();
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
        List<Way> others = without(way);
        ofRun(way).marks().forEach((host, paths) -> {
            Set<String> own = new LinkedHashSet<>(paths);
            others.forEach(other -> own.removeAll(other.marks().getOrDefault(host, Set.of())));
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
