package org.linkctl.engine.guard;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run changes on a host that concerns other hosts too. The host records it with the run, since a later rollback
 * has to know which hosts must roll back together.
 *
 * @param paths the names of the tunnels of which it changes this end
 * @param partners the hosts that had to change in the same run
 */
public record SharedChanges(Set<String> paths, Set<String> partners) {
    public static final SharedChanges NOTHING = new SharedChanges(Set.of(), Set.of());

    private static final String PATHS = "paths";
    private static final String PARTNERS = "partners";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._+=@-]+");

    public SharedChanges {
        paths = Set.copyOf(paths);
        partners = Set.copyOf(partners);
    }

    SharedChanges and(SharedChanges other) {
        return new SharedChanges(union(paths, other.paths), union(partners, other.partners));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> out = new TreeSet<>(one);
        out.addAll(other);
        return out;
    }

    /** The entries for the run's {@code about} file. */
    Map<String, String> about() {
        return Map.of(PATHS, joined(paths), PARTNERS, joined(partners));
    }

    private static String joined(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(" "));
    }

    /** Whether a host recorded it at all; old versions of linkctl did not. */
    static boolean isRecorded(Map<String, String> about) {
        return about.containsKey(PATHS);
    }

    static SharedChanges read(Map<String, String> about) {
        return new SharedChanges(names(about.getOrDefault(PATHS, "")), names(about.getOrDefault(PARTNERS, "")));
    }

    private static Set<String> names(String words) {
        return NAME.matcher(words).results().map(found -> found.group()).collect(Collectors.toUnmodifiableSet());
    }
}
