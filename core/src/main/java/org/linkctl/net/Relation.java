package org.linkctl.net;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How one set lies to another one. */
public enum Relation {
    /** They have nothing in common. */
    APART,
    EQUAL,
    /** It is a part of the other. */
    NARROWER,
    /** The other is a part of it. */
    WIDER,
    /** They have something in common, and each has something that the other has not. */
    CROSSING;

    /** The same for what is in two such sets at once, as packets are that have a source and a destination. */
    public Relation and(Relation other) {
        if (this == APART || other == APART) return APART;
        if (this == other || other == EQUAL) return this;
        return this == EQUAL ? other : CROSSING;
    }

    /** As they have to stand where the first that fits counts; else in their own order. */
    public static <T> List<T> narrowerFirst(List<T> all, BiFunction<T, T, Relation> relation) {
        List<Set<Integer>> before = new ArrayList<>();
        for (T one : all) {
            before.add(IntStream.range(0, all.size())
                    .filter(other -> relation.apply(all.get(other), one) == NARROWER)
                    .boxed()
                    .collect(Collectors.toSet()));
        }
        Set<Integer> placed = new LinkedHashSet<>();
        while (placed.size() < all.size()) {
            int next = IntStream.range(0, all.size())
                    .filter(one -> !placed.contains(one) && placed.containsAll(before.get(one)))
                    .findFirst()
                    .orElseThrow(); // to be narrower is an order, so that something is narrowest
            placed.add(next);
        }
        return placed.stream().map(all::get).toList();
    }
}
