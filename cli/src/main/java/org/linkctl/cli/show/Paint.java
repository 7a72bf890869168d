package org.linkctl.cli.show;

/**
 * What a piece of text means, said by colour (ECMA-48 SGR) or not at all. Every text that came from a host or an
 * inventory goes through here: control characters in it are shown, never sent to the terminal.
 */
public enum Paint {
    PLAIN,
    COLOR;

    private static final char ESCAPE = '\u001b';

    public String text(String text) {
        return visible(text);
    }

    public String heading(String text) {
        return sgr("1", text);
    }

    public String added(String text) {
        return sgr("32", text);
    }

    public String changed(String text) {
        return sgr("33", text);
    }

    public String removed(String text) {
        return sgr("31", text);
    }

    /** Where in a file a piece of a diff stands. */
    public String place(String text) {
        return sgr("36", text);
    }

    public String alarm(String text) {
        return sgr("1;31", text);
    }

    public String doubt(String text) {
        return sgr("1;33", text);
    }

    public String good(String text) {
        return sgr("32", text);
    }

    /** What only some readers need. */
    public String aside(String text) {
        return sgr("2", text);
    }

    private String sgr(String code, String text) {
        String shown = visible(text);
        return this == PLAIN || shown.isEmpty() ? shown : ESCAPE + "[" + code + "m" + shown + ESCAPE + "[0m";
    }

    /**
     * Control characters but tab and newline, as {@code \x1b}: what a host says must not drive the terminal. And those
     * that are invisible or turn the direction of what follows, as {@code \u202e}: it must not look like something else.
     */
    static String visible(String text) {
        if (text.codePoints().noneMatch(c -> isControl(c) || isInvisible(c))) return text;
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isControl(c)) out.append(String.format("\\x%02x", c));
            else if (isInvisible(c)) out.append(String.format("\\u%04x", c));
            else out.appendCodePoint(c);
        });
        return out.toString();
    }

    private static boolean isInvisible(int c) {
        return Character.getType(c) == Character.FORMAT;
    }

    private static boolean isControl(int c) {
        return c != '\t' && c != '\n' && (c < 0x20 || (c >= 0x7f && c < 0xa0));
    }
}
