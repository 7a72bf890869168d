package org.linkctl.diag;

import java.util.Comparator;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong, or doubtful, in an input.
 *
 * @param summary one line; it quotes the offending value
 * @param detail what is known there or why it cannot be; empty where the summary says it all
 * @param suggestion what would be right, as a phrase after "did you mean"; null where there is no guess
 */
public record Diagnostic(
        Severity severity,
        Place at,
        String summary,
        String detail,
        @Nullable String suggestion) implements Comparable<Diagnostic> {
    /**
     * An ERROR stops the run before any host is contacted; a WARNING is shown with the plan, and so is a NOTE, of which
     * nothing is wrong.
     */
    public enum Severity {
        ERROR,
        WARNING,
        NOTE;

        /** As a user reads it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Comparator<Diagnostic> BY_PLACE = Comparator.comparing(Diagnostic::at)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::summary);

    public static Diagnostic error(Place at, String summary) {
        return new Diagnostic(Severity.ERROR, at, summary, "", null);
    }

    public static Diagnostic warning(Place at, String summary) {
        return new Diagnostic(Severity.WARNING, at, summary, "", null);
    }

    public static Diagnostic note(Place at, String summary) {
        return new Diagnostic(Severity.NOTE, at, summary, "", null);
    }

    public Diagnostic detail(String text) {
        return new Diagnostic(severity, at, summary, text, suggestion);
    }

    public Diagnostic suggest(@Nullable String text) {
        return new Diagnostic(severity, at, summary, detail, text);
    }

    @Override
    public int compareTo(Diagnostic other) {
        return BY_PLACE.compare(this, other);
    }

    /**
     * The text a user reads: place, summary, source line with a caret, detail, suggestion.
     *
     * @param source gives the text of the line at a place, or null where it cannot be shown
     */
    public String render(Function<Place, @Nullable String> source) {
        StringBuilder out = new StringBuilder()
                .append(at)
                .append(": ")
                .append(severity.word())
                .append(": ")
                .append(summary);
        if (suggestion != null) out.append("; did you mean ").append(suggestion).append('?');
        out.append('\n');
        String line = at.line() == 0 ? null : source.apply(at);
        if (line != null) {
            out.append("    ").append(line).append('\n');
            if (at.column() > 0)
                out.append("    ").append(indent(line, at.column())).append("^\n");
        }
        if (!detail.isEmpty())
            out.append("  ").append(detail.replace("\n", "\n  ")).append('\n');
        return out.toString();
    }

    /** Blanks up to the column; tabs stay tabs, so that the caret stands under its character in any terminal. */
    private static String indent(String line, int column) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < column - 1 && i < line.length(); i++) out.append(line.charAt(i) == '\t' ? '\t' : ' ');
        return out.toString();
    }
}
