package org.linkctl.engine.script;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text from a host, a server or a program, made safe to show: one line, no control characters, bounded. */
public final class SafeText {
    private static final int LONGEST = 300;

    /** Control characters (Unicode Cc), invisible and bidirectional format characters (Cf), and unassigned ones. */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cn}\\p{Co}\\p{Cs}\\x{2028}\\x{2029}]");

    private static final Pattern LINES = Pattern.compile("\\s*[\\r\\n]+\\s*");

    private SafeText() {}

    /** The whole text on one line. */
    public static String oneLine(String text) {
        String line = LINES.matcher(text.strip()).replaceAll(" | ");
        return HARMFUL.matcher(line).replaceAll("?");
    }

    /** The same for bytes that should be UTF-8. */
    public static String oneLine(byte[] bytes) {
        return oneLine(new String(bytes, StandardCharsets.UTF_8));
    }

    /** The end of a text, where an error stands, on one line. */
    public static String end(String text) {
        String line = oneLine(text);
        return line.length() > LONGEST ? "…" + line.substring(line.length() - LONGEST) : line;
    }

    /** The beginning of a text on one line. */
    public static String start(String text) {
        String line = oneLine(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
    }
}
