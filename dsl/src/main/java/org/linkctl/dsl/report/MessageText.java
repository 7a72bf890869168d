package org.linkctl.dsl.report;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;
import org.linkctl.diag.Suggest;

/** How texts and values of an inventory are written in messages. */
public final class MessageText {
    /** The length, in characters, at which messages of libraries are cut off. */
    public static final int LONG = 200;

    private MessageText() {}

    public static String list(Collection<String> words) {
        return String.join(", ", words);
    }

    /** The known word that was probably meant, in quotes; null where none is similar. */
    public static @Nullable String suggestion(String word, Collection<String> known) {
        return Suggest.closest(word, known).map(found -> "'" + found + "'").orElse(null);
    }

    /** A text that is safe on a terminal: control and invisible characters as escapes, and not too long. */
    public static String shown(String text) {
        return Names.shown(text);
    }

    public static String shown(String text, int longest) {
        return Names.shown(text, longest);
    }

    public static String quoted(@Nullable Object value) {
        if (value == null) return "null";
        if (value instanceof CharSequence text) return "'" + shown(text.toString()) + "'";
        return shown(value.toString());
    }
}
