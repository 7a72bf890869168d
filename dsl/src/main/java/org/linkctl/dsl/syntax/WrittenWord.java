package org.linkctl.dsl.syntax;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.dsl.words.Vocabulary.Word;

/** How messages write the use of a word. */
final class WrittenWord {
    private WrittenWord() {}

    /** With these values in its parentheses, as they are written there, behind its name where it has one. */
    static String of(Word word, List<String> values) {
        List<String> all = new ArrayList<>();
        int unnamed = word.arguments().getFirst().size();
        boolean alone = word.attributes().isEmpty() && word.body() == null;
        for (int i = 0; i < unnamed; i++) {
            boolean text = word.arguments().getFirst().get(i) == String.class;
            all.add(!text ? "…" : i > 0 ? "'value'" : alone && unnamed == 1 ? "'…'" : "'name'");
        }
        all.addAll(values);
        String parentheses = all.isEmpty() && word.body() != null ? "" : "(" + String.join(", ", all) + ")";
        return word.name() + parentheses + (word.body() == null ? "" : " { … }");
    }
}
