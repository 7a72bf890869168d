package org.linkctl.cli.show;

/**
 * The meaning of a piece of text as a colour (ECMA-48 SGR), or without. Every text from a host or an inventory passes
 * through here: control characters in it are made visible, never sent to the terminal.
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

    /** The position of a hunk in a file. */
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

    /** Details. */
    public String aside(String text) {
        return sgr("2", text);
    }

    private String sgr(String code, String text) {
        String shown = visible(text);
        return this == PLAIN || shown.isEmpty() ? shown : ESCAPE + "[" + code + "m" + shown + ESCAPE + "[0m";
    }

    /**
     * Replaces control characters but tab and newline by {@code \x1b}, and invisible or bidirectional format characters
     * by {@code \u202e}: text from a host must neither drive the terminal nor look like something else.
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
