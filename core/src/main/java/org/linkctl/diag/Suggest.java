package org.linkctl.diag;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Guesses what was meant by a word that is not known. */
public final class Suggest {
    private Suggest() {}

    /** The nearest known word, where it is near enough to be a likely slip: two edits, or a third of a longer word. */
    public static Optional<String> closest(String word, Collection<String> known) {
        int limit = Math.max(2, word.length() / 3);
        LevenshteinDistance distance = new LevenshteinDistance(limit);
        record Near(String word, int edits) {}
        return known.stream()
                .map(candidate -> new Near(candidate, distance.apply(word, candidate)))
                .filter(near -> near.edits() >= 0
                        && (near.edits() < word.length() || near.word().equalsIgnoreCase(word)))
                .min(Comparator.comparingInt(Near::edits).thenComparing(Near::word))
                .map(Near::word);
    }
}
