package org.linkctl.dsl.write;

/**
 * Texts as a Groovy file has them. What comes from a host may be anything: in quotes it is a text, and in a comment it is
 * a comment, whatever it holds.
 */
final class GroovyText {
    private GroovyText() {}

    /** In single quotes, in which Groovy looks for no {@code ${…}}. */
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        text.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') out.append('\\').appendCodePoint(c);
            else if (isShown(c)) out.appendCodePoint(c);
            else escape(c, out);
        });
        return out.append('\'').toString();
    }

    /** On one line; a backslash is doubled, as Groovy reads {@code \\u000a} of a comment, too. */
    static String comment(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\\') out.append("\\\\");
            else if (isShown(c)) out.appendCodePoint(c);
            else out.append("<U+").append("%04X".formatted(c)).append('>');
        });
        return out.toString();
    }

    private static void escape(int c, StringBuilder out) {
        for (char unit : Character.toChars(c)) out.append("\\u").append("%04x".formatted((int) unit));
    }

    /** Letters, digits, marks, punctuation and blanks; no control, no line separator, nothing that changes the direction of writing. */
    private static boolean isShown(int c) {
        if (c == ' ') return true;
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
