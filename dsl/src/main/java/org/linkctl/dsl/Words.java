package org.linkctl.dsl;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How values of an inventory are shown in messages. */
final class Words {
    private static final int LONGEST = 60;
    /** For messages that somebody wrote for a reader. */
    static final int LONG = 200;

    private Words() {}

    static String list(Collection<String> words) {
        return String.join(", ", words);
    }

    /** A text that is safe on a terminal: control and invisible characters as escapes, and not too long. */
    static String shown(String text) {
        return shown(text, LONGEST);
    }

    static String shown(String text, int longest) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            if (c == '\n') out.append("\\n");
            else if (c == '\t') out.append("\\t");
            else if (c >= ' ' && c < 0x7f) out.appendCodePoint(c);
            else if (Character.isLetterOrDigit(c)) out.appendCodePoint(c);
            else out.append("\\u").append(String.format("%04x", c));
        });
        return text.codePointCount(0, text.length()) > longest ? out + "…" : out.toString();
    }

    static String show(@Nullable Object value) {
        if (value == null) return "null";
        if (value instanceof CharSequence text) return "'" + shown(text.toString()) + "'";
        return shown(value.toString());
    }
}
