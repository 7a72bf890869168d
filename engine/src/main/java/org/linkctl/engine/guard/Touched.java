package org.linkctl.engine.guard;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a run changes on a host that is not that host's alone. The host keeps it with the run, since whoever undoes the run
 * later has to know who else must go back with it.
 *
 * @param paths the tunnels of which it changes this end, by their names
 * @param partners the hosts that had to change in the same run
 */
public record Touched(Set<String> paths, Set<String> partners) {
    public static final Touched NOTHING = new Touched(Set.of(), Set.of());

    private static final String PATHS = "paths";
    private static final String PARTNERS = "partners";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    public Touched {
        paths = Set.copyOf(paths);
        partners = Set.copyOf(partners);
    }

    Touched and(Touched other) {
        return new Touched(both(paths, other.paths), both(partners, other.partners));
    }

    private static Set<String> both(Set<String> one, Set<String> other) {
        Set<String> out = new TreeSet<>(one);
        out.addAll(other);
        return out;
    }

    /** As the run's {@code about} keeps it, besides who ran it. */
    Map<String, String> about() {
        return Map.of(PATHS, words(paths), PARTNERS, words(partners));
    }

    private static String words(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(" "));
    }

    /** Whether a host noted it at all; linkctl did not always have it do so. */
    static boolean noted(Map<String, String> about) {
        return about.containsKey(PATHS);
    }

    static Touched read(Map<String, String> about) {
        return new Touched(names(about.getOrDefault(PATHS, "")), names(about.getOrDefault(PARTNERS, "")));
    }

    private static Set<String> names(String words) {
        return NAME.matcher(words).results().map(found -> found.group()).collect(Collectors.toUnmodifiableSet());
    }
}
