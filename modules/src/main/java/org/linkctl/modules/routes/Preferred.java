package org.linkctl.modules.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.linkctl.shell.Argv;

/** Which of a route's tunnels come first: the others are used when all before them are dead or being changed. */
public final class Preferred {
    private Preferred() {}

    /** All of the most wanted rank of which one is usable; of the first where none is. */
    public static <T> List<T> first(Collection<T> tunnels, ToIntFunction<T> rank, Predicate<T> usable) {
        int least = tunnels.stream()
                .filter(usable)
                .mapToInt(rank)
                .min()
                .orElseGet(() -> tunnels.stream().mapToInt(rank).min().orElse(0));
        return tunnels.stream().filter(one -> rank.applyAsInt(one) == least).toList();
    }

    /**
     * What of the script of a route takes the first of those that it may go over, which are in {@code $alive}; none where
     * all are alike.
     */
    public static List<String> lines(Map<String, Integer> ranks) {
        Map<Integer, List<String>> byRank = new TreeMap<>();
        ranks.forEach((tunnel, rank) ->
                byRank.computeIfAbsent(rank, _ -> new ArrayList<>()).add(tunnel));
        if (byRank.size() < 2) return List.of();
        List<String> words = byRank.values().stream()
                .map(tunnels -> Argv.quote(String.join(" ", tunnels)))
                .toList();
        return List.of(
                "# The first of these of which one can be used.",
                "for rank in " + String.join(" ", words) + "; do",
                "    some=",
                "    for i in $rank; do",
                "        case \"$alive \" in *\" $i \"*) some=\"$some $i\" ;; esac",
                "    done",
                "    [ -z \"$some\" ] || break",
                "done",
                "alive=$some");
    }
}
