package org.linkctl.cli.show;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Change;

/** A change as one line: before and after, and whether it interrupts traffic. */
final class ChangeLine {
    /** The most characters of both values together for one line. */
    private static final int ONE_LINE = 60;

    /** The placeholder for the content of a secret file. */
    private static final Pattern HIDDEN = Pattern.compile("\\((hidden|secret)[^\n]*\\)\n?");

    private ChangeLine() {}

    /** @param value the text behind the subject, from its colon or blank on */
    static String of(Change change, String value, Paint paint) {
        String text = change.subject() + value;
        String shown = switch (change.action()) {
            case CREATE -> paint.added("+ " + text);
            case UPDATE -> paint.changed("~ " + text);
            case DELETE -> paint.removed("- " + text);
        };
        return shown + traffic(change, paint);
    }

    private static String traffic(Change change, Paint paint) {
        return switch (change.traffic()) {
            case KEEPS -> "";
            case MOVES -> "  " + paint.aside("(traffic takes another path meanwhile)");
            case CUTS -> "  " + paint.alarm("! cuts traffic");
        };
    }

    /** Whether both values fit on one line. */
    static boolean fits(Change change) {
        String before = change.before();
        String after = change.after();
        return isOneLine(change) && (before == null || after == null || before.length() + after.length() <= ONE_LINE);
    }

    static boolean isOneLine(Change change) {
        return !String.valueOf(change.before()).contains("\n")
                && !String.valueOf(change.after()).contains("\n");
    }

    /** {@code : 0 -> 1}; of a value that is added or removed, the value. */
    static String value(Change change) {
        return value(change.before(), change.after());
    }

    private static String value(@Nullable String before, @Nullable String after) {
        if (before != null && after != null) return ": " + quoteEmpty(before) + " -> " + quoteEmpty(after);
        String only = Objects.requireNonNullElse(before, Objects.requireNonNullElse(after, ""));
        return only.isEmpty() ? "" : ": " + only;
    }

    private static String quoteEmpty(String value) {
        return value.isEmpty() ? "''" : value;
    }

    /** The summary of a file or long value: {@code (+12 -3 lines)}; of a secret, its placeholder. */
    static String folded(Change change) {
        String before = change.before();
        String after = change.after();
        if (isHidden(before) && isHidden(after)) return value(stripped(before), stripped(after));
        return "  " + Diff.counted(before, after);
    }

    private static boolean isHidden(@Nullable String text) {
        return text == null || HIDDEN.matcher(text).matches();
    }

    private static @Nullable String stripped(@Nullable String text) {
        return text == null ? null : text.stripTrailing();
    }

    /** Whether the summary leaves something out. */
    static boolean folds(Change change) {
        boolean hidden = isHidden(change.before()) && isHidden(change.after());
        return switch (change.kind()) {
            case FILE -> !hidden;
            case STATE -> !isOneLine(change) && !isShort(changedLines(change));
        };
    }

    /** Whether the changed lines are few enough to be shown without context. */
    static boolean isShort(List<String> changed) {
        return changed.size() <= 6;
    }

    static List<String> changedLines(Change change) {
        return Diff.value(change.before(), change.after()).stream()
                .filter(line -> line.startsWith("+") || line.startsWith("-"))
                .toList();
    }
}
