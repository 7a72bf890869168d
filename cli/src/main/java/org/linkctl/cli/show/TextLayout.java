package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.List;

/** Helpers for English plurals, padding and wrapping. */
public final class TextLayout {
    private TextLayout() {}

    /** {@code 1 host}, {@code 2 hosts}. */
    public static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    public static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Wraps prose at blanks, every line after the first indented; a word longer than the width stays whole. */
    public static String wrap(String text, int indent, int width) {
        int room = Math.max(20, width - indent);
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\n", -1)) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.split(" ", -1)) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > room) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return String.join("\n" + " ".repeat(indent), lines);
    }
}
