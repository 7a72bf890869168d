package org.linkctl.diag;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Guesses what was meant by a word that is not known. */
public final class Suggest {
    /** A word is a likely beginning of another from so many letters on. */
    private static final int BEGINNING = 3;

    private Suggest() {}

    /**
     * The nearest known word, where it is near enough to be a likely slip: another case, a beginning, one edit, or one
     * for every three letters.
     */
    public static Optional<String> closest(String word, Collection<String> known) {
        int limit = Math.max(1, word.length() / 3);
        record Near(String word, int edits, int exactly) {
            int order(Near other) {
                if (edits != other.edits) return Integer.compare(edits, other.edits);
                return exactly != other.exactly ? Integer.compare(exactly, other.exactly) : word.compareTo(other.word);
            }
        }
        // Not by Comparator's own: the code for those is made anew at each start, which an error in the arguments has
        // to wait for.
        return known.stream()
                .map(one -> new Near(one, edits(folded(word), folded(one)), edits(word, one)))
                .filter(near -> (near.edits() <= limit && near.edits() < word.length()) || begins(word, near.word()))
                .min(Near::order)
                .map(Near::word);
    }

    private static boolean begins(String word, String known) {
        return word.length() >= BEGINNING && folded(known).startsWith(folded(word));
    }

    private static String folded(String word) {
        return word.toLowerCase(Locale.ROOT);
    }

    /** Letters put in, left out, replaced, or swapped with their neighbour: the optimal string alignment distance. */
    private static int edits(String one, String other) {
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) least[i][0] = i;
        for (int j = 0; j <= other.length(); j++) least[0][j] = j;
        for (int i = 1; i <= one.length(); i++) {
            for (int j = 1; j <= other.length(); j++) {
                int replaced = least[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                least[i][j] = Math.min(replaced, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
            }
        }
        return least[one.length()][other.length()];
    }
}
