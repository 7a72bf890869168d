package org.linkctl.engine.script;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text of a host, a server or a program that is shown to a user: one line, harmless for a terminal, bounded. */
public final class Said {
    private static final int LONGEST = 300;

    /** Controls of C0 and C1, and characters that turn the direction of a line or do not show (Unicode, Cc and Cf). */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\x{2028}\\x{2029}]");

    private static final Pattern LINES = Pattern.compile("\\s*[\\r\\n]+\\s*");

    private Said() {}

    /** The whole text on one line. */
    public static String whole(String text) {
        String line = LINES.matcher(text.strip()).replaceAll(" | ");
        return HARMFUL.matcher(line).replaceAll("?");
    }

    /** The same of bytes that should be UTF-8. */
    public static String whole(byte[] bytes) {
        return whole(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The end of a text, where an error stands, on one line. */
    public static String end(String text) {
        String line = whole(text);
        return line.length() > LONGEST ? "…" + line.substring(line.length() - LONGEST) : line;
    }

    /** The beginning of a text on one line. */
    public static String start(String text) {
        String line = whole(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
