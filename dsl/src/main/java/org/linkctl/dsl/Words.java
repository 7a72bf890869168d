package org.linkctl.dsl;

import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.linkctl.check.Names;

/** How values of an inventory are shown in messages. */
final class Words {
    /** For messages that somebody wrote for a reader. */
    static final int LONG = 200;

    private Words() {}

    static String list(Collection<String> words) {
        return String.join(", ", words);
    }

    /** A text that is safe on a terminal: control and invisible characters as escapes, and not too long. */
    static String shown(String text) {
        return Names.shown(text);
    }

    static String shown(String text, int longest) {
        return Names.shown(text, longest);
    }

    static String show(@Nullable Object value) {
        if (value == null) return "null";
        if (value instanceof CharSequence text) return "'" + shown(text.toString()) + "'";
        return shown(value.toString());
    }
}
