package org.linkctl.dsl.report;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Suggest;

/** How values of an inventory are shown in messages. */
public final class Words {
    /** For messages that somebody wrote for a reader. */
    public static final int LONG = 200;

    private Words() {}

    public static String list(Collection<String> words) {
        return String.join(", ", words);
    }

    /** What might have been meant, in quotes; null where nothing known is near. */
    public static @Nullable String near(String word, Collection<String> known) {
        return Suggest.closest(word, known).map(found -> "'" + found + "'").orElse(null);
    }

    /** A text that is safe on a terminal: control and invisible characters as escapes, and not too long. */
    public static String shown(String text) {
        return Names.shown(text);
    }

    public static String shown(String text, int longest) {
        return Names.shown(text, longest);
    }

    public static String show(@Nullable Object value) {
        if (value == null) return "null";
        if (value instanceof CharSequence text) return "'" + shown(text.toString()) + "'";
        return shown(value.toString());
    }
}
