package org.linkctl.check;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.linkctl.net.Cidr;
import org.linkctl.net.Prefixes;

/** Which of the things of a list that were looked at before have addresses in common with the next one, by their index. */
final class EarlierPrefixes {

    private final Map<String, Prefixes<Integer>> byKey = new HashMap<>();

    /** What is for all addresses where it names none. */
    static List<Cidr> orAny(List<Cidr> prefixes) {
        return prefixes.isEmpty() ? Cidr.ANY : prefixes;
    }

    /** @param keys what two need in common beside addresses */
    void add(int index, Collection<String> keys, Collection<Cidr> prefixes) {
        for (String key : keys) {
            Prefixes<Integer> there = byKey.computeIfAbsent(key, _ -> new Prefixes<>());
            for (Cidr prefix : prefixes) there.add(prefix, index);
        }
    }

    /** Those that have one of the keys, and an address of one of the prefixes. */
    SortedSet<Integer> meeting(Collection<String> keys, Collection<Cidr> prefixes) {
        SortedSet<Integer> out = new TreeSet<>();
        for (String key : keys) {
            Prefixes<Integer> there = byKey.get(key);
            if (there == null) continue;
            for (Cidr prefix : prefixes) out.addAll(there.overlapping(prefix));
        }
        return out;
    }
}
