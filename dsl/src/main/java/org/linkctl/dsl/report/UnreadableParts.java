package org.linkctl.dsl.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.SourceFiles;
import org.linkctl.dsl.source.WordUse;

/**
 * The words and attributes that could not be read, so that errors that only follow from that are not reported as well.
 */
public final class UnreadableParts {
    /** Attributes that do not depend on other attributes of their word. */
    private static final Set<String> DEPENDS_ON_NOTHING = Set.of("name", "members");

    /** In place of an attribute: the word itself, or its name. */
    private static final String WHOLE = "";

    /** In place of an attribute: an end in its braces. */
    private static final String ENDS = " ends";

    private final SourceFiles sources;
    private final Supplier<Set<String>> independent;
    private final Set<Place> places = new HashSet<>();
    /** Places that could not be read, by the place of their word and by attribute. */
    private final Map<Place, Map<String, Set<Place>>> byWord = new HashMap<>();

    private final Set<Place> holding = new HashSet<>();

    /** @param independent names of attributes on which nothing else depends */
    UnreadableParts(SourceFiles sources, Supplier<Set<String>> independent) {
        this.sources = sources;
        this.independent = independent;
    }

    public void add(Place place) {
        places.add(place);
    }

    /** Assigns places to words. Done at the first question: before, not all words and their braces are known. */
    private void settle() {
        for (Place place : places) {
            List<WordUse> around = sources.usesAround(place);
            if (around.isEmpty()) continue;
            WordUse inner = around.getFirst();
            String attribute =
                    inner.attributeAt(place).orElse(inner.hasEnds() && !inner.isBeforeBody(place) ? ENDS : WHOLE);
            record(inner, attribute, place);
            if (independent.get().contains(attribute)) continue;
            around.forEach(use -> holding.add(use.at()));
            if (around.size() > 1 && around.get(1).hasEnds()) record(around.get(1), ENDS, place);
        }
        places.clear();
    }

    private void record(WordUse use, String attribute, Place place) {
        byWord.computeIfAbsent(use.at(), key -> new HashMap<>())
                .computeIfAbsent(attribute, key -> new HashSet<>())
                .add(place);
    }

    private Map<String, Set<Place>> byWord(Place word) {
        settle();
        return byWord.getOrDefault(word, Map.of());
    }

    /** Whether something could not be read, of this word or of its ends, on which the attribute depends. */
    public boolean affect(Place word, String attribute) {
        return byWord(word).keySet().stream()
                .anyMatch(one -> one.equals(attribute) || !independent.get().contains(one));
    }

    /** The same for one element of a list, which does not depend on the other elements. */
    public boolean affect(WordUse word, String attribute, Place element) {
        Place whole = word.of(attribute);
        for (Map.Entry<String, Set<Place>> each : byWord(word.at()).entrySet()) {
            String one = each.getKey();
            Set<Place> unreadable = each.getValue();
            if (one.equals(WHOLE)) return true;
            if (one.equals(ENDS)) {
                if (!DEPENDS_ON_NOTHING.contains(attribute)) return true;
            } else if (one.equals(attribute)) {
                if (element.equals(whole) || unreadable.contains(element) || unreadable.contains(whole)) return true;
            } else if (!independent.get().contains(one) && !DEPENDS_ON_NOTHING.contains(attribute)) return true;
        }
        return false;
    }

    /** Whether the attribute itself could not be read. */
    public boolean affectItself(WordUse word, String attribute) {
        return byWord(word.at()).containsKey(attribute);
    }

    /** Whether the attribute itself, or the word, could not be read; whatever the other attributes say. */
    public boolean affectAlone(WordUse word, String attribute) {
        Set<String> parts = byWord(word.at()).keySet();
        return parts.contains(WHOLE) || parts.contains(attribute);
    }

    /** Whether an end in the braces of this word could not be read. */
    public boolean affectEndsOf(Place word) {
        return byWord(word).containsKey(ENDS);
    }

    /** Whether something of this word, or at any depth in its braces, could not be read. */
    public boolean areIn(Place word) {
        settle();
        return holding.contains(word);
    }
}
