package org.linkctl.cli.show;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The unified format of diff(1), as POSIX has it (XCU diff, "Diff -u Output Format"). */
final class Diff {
    private static final int CONTEXT = 3;
    private static final String NO_NEWLINE = "\n\\ No newline at end of file";

    private Diff() {}

    /**
     * The lines of a unified diff of a file, headers first; an empty file that is added or removed has the headers
     * alone.
     *
     * @param before null: there was no file
     * @param after null: there will be no file
     */
    static List<String> file(String path, @Nullable String before, @Nullable String after) {
        String from = before == null ? "/dev/null" : path;
        String to = after == null ? "/dev/null" : path;
        List<String> diff = unified(from, to, lines(before), lines(after), CONTEXT);
        return diff.isEmpty() ? List.of("--- " + from, "+++ " + to) : diff;
    }

    /** All lines of a value, each behind the sign of a unified diff. */
    static List<String> value(@Nullable String before, @Nullable String after) {
        List<String> from = before == null ? List.of() : before.lines().toList();
        List<String> to = after == null ? List.of() : after.lines().toList();
        return unified("", "", from, to, from.size() + to.size()).stream()
                .skip(3)
                .toList();
    }

    /** The numbers of added and removed lines: {@code (+12 -3 lines)}. */
    static String counted(@Nullable String before, @Nullable String after) {
        int added = 0;
        int removed = 0;
        for (AbstractDelta<String> delta :
                DiffUtils.diff(lines(before), lines(after)).getDeltas()) {
            added += delta.getTarget().size();
            removed += delta.getSource().size();
        }
        if (added + removed == 0) return "(empty)";
        String text = (added == 0 ? "" : "+" + added)
                + (added * removed == 0 ? "" : " ")
                + (removed == 0 ? "" : "-" + removed);
        return "(" + text + (added + removed == 1 ? " line)" : " lines)");
    }

    /** A line of a diff in its colour. */
    static String painted(String line, Paint paint) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> paint.added(line);
            case '-' -> paint.removed(line);
            case '@' -> paint.place(line);
            default -> paint.text(line);
        };
    }

    private static List<String> unified(String from, String to, List<String> before, List<String> after, int context) {
        List<String> diff =
                UnifiedDiffUtils.generateUnifiedDiff(from, to, before, DiffUtils.diff(before, after), context);
        return diff.stream()
                .map(line -> line.startsWith("@@") ? emptySide(line) : line)
                .flatMap(line -> Arrays.stream(line.split("\n", -1)))
                .toList();
    }

    /** An empty range has line 0 (POSIX), where the library writes 1. */
    private static String emptySide(String range) {
        return range.replace(" -1,0 ", " -0,0 ").replace(" +1,0 ", " +0,0 ");
    }

    private static List<String> lines(@Nullable String text) {
        if (text == null || text.isEmpty()) return List.of();
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.removeLast();
        if (!last.isEmpty()) lines.add(last + NO_NEWLINE);
        return lines;
    }
}
