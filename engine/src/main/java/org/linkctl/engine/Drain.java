package org.linkctl.engine;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.linkctl.plan.Way;

/**
 * That something is taken out of service, or put back: a tunnel leaves its routes at both ends, a host of a pair leaves its
 * role to the other one, new connections to a published address go to other hosts.
 *
 * @param way what it is, and which hosts have to know it
 * @param out false: it is put back
 * @param force out: also where nothing else could stand in; back: also where a host differs from the inventory in it
 * @param unusable names of tunnels that are known not to work, beyond what the hosts' own routes tell
 */
public record Drain(Way way, boolean out, boolean force, Set<String> unusable) {
    /** By this name marks stand in plans. */
    public static final String MARKS = "linkctl.drained";

    private static final Pattern MARK = Pattern.compile(Pattern.quote(MARKS) + "\\[(?<path>.+)]");

    public Drain {
        unusable = Set.copyOf(unusable);
    }

    public Drain(Way way, boolean out, boolean force) {
        this(way, out, force, Set.of());
    }

    /** As what plans have the mark of a path. */
    public static String mark(String path) {
        return MARKS + "[" + path + "]";
    }

    /** The path whose mark it is; empty: it is none. */
    public static Optional<String> path(String resource) {
        Matcher found = MARK.matcher(resource);
        return found.matches() ? Optional.of(found.group("path")) : Optional.empty();
    }

    /** The paths whose marks a plan sets or removes. */
    public static Set<String> marks(HostPlan plan) {
        return plan.items().stream()
                .flatMap(item -> path(item.resource()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What it is called. */
    public String name() {
        return way.name();
    }

    /** The hosts that have to know it. */
    public Set<String> hosts() {
        return way.hosts();
    }

    /** The paths that a host has to know. */
    public Set<String> on(String host) {
        Map<String, Set<String>> marks = way.marks();
        return marks.getOrDefault(host, Set.of());
    }
}
