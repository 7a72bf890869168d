package org.linkctl.shell;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A program for sh(1) that values are filled into. As it lies in its file it is valid shell, for people and for
 * ShellCheck to read:
 *
 * <ul>
 *   <li>{@code @NAME@} is a place for a {@link #word}, for {@link #words} or for {@link #raw} text. What is filled in is
 *       quoted as the place needs it: a word of its own, between single quotes, between double quotes, in a comment.
 *   <li>{@code #@NAME@} or {@code @NAME@} alone in a line is a place for {@link #lines}, which take its indentation. The
 *       first form is for where a command could not stand.
 *   <li>{@code #@include PATH} alone in a line stands for the lines of another file, indented as it is.
 *   <li>A line that begins with {@code ##}, or with a directive to ShellCheck, is for readers of the file. No host gets it.
 * </ul>
 *
 * <p>All is filled in at once: a value that looks like a place is a value. Here-documents are not known.
 */
public final class ShellTemplate {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^(?<indent>[ \\t]*)#@include (?<path>\\S+)\\n");
    private static final Pattern FOR_READERS = Pattern.compile("(?m)^[ \\t]*#(#|[ ]shellcheck ).*\\n");
    private static final Pattern PLACE =
            Pattern.compile("(?m)^(?<indent>[ \\t]*)(?<comment>#?)@(?<line>[A-Z][A-Z_]*)@\\n|@(?<name>[A-Z][A-Z_]*)@");

    private final String program;
    private final Map<String, Value> values;

    private ShellTemplate(String program, Map<String, Value> values) {
        this.program = program;
        this.values = values;
    }

    /** What a name stands for: the text of it where it stands among other text. */
    private sealed interface Value {
        String at(ShellContext context);
    }

    private record Word(String text) implements Value {
        @Override
        public String at(ShellContext context) {
            return context.quote(text);
        }
    }

    private record Words(List<String> texts) implements Value {
        /** Where they stand between quotes, the program itself splits them: none can be one that needs quotes. */
        @Override
        public String at(ShellContext context) {
            if (context != ShellContext.CODE) texts.forEach(ShellTemplate::needsNoQuotes);
            return texts.stream().map(context::quote).collect(Collectors.joining(" "));
        }
    }

    private record Raw(String text) implements Value {
        @Override
        public String at(ShellContext context) {
            return text;
        }
    }

    private record Lines(List<String> lines) implements Value {
        @Override
        public String at(ShellContext context) {
            throw new IllegalStateException("lines need a place that is alone in a line");
        }

        String indented(String indent) {
            return lines.stream()
                    .map(line -> line.isEmpty() ? "\n" : indent + line + "\n")
                    .collect(Collectors.joining());
        }
    }

    /**
     * The program of a file.
     *
     * @param files gives the text of a file, by its path
     */
    public static ShellTemplate of(String path, UnaryOperator<String> files) {
        return new ShellTemplate(FOR_READERS.matcher(included(path, files)).replaceAll(""), Map.of());
    }

    /** The text of a file with that of those that it includes, as ShellCheck is to read it. */
    public static String included(String path, UnaryOperator<String> files) {
        String text = files.apply(path);
        if (!text.endsWith("\n")) throw new IllegalStateException(path + " does not end with a line feed");
        return INCLUDE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(included(group(found, "path"), files)
                        .replaceAll("(?m)^(?=.)", Matcher.quoteReplacement(group(found, "indent")))));
    }

    /** One word, whatever its characters are. */
    public ShellTemplate word(String name, String value) {
        return with(name, new Word(value));
    }

    /**
     * Words with a blank between two. Where there are none, the blank before their place goes, if there is one after it as
     * well, or nothing.
     */
    public ShellTemplate words(String name, List<String> values) {
        return with(name, new Words(List.copyOf(values)));
    }

    /** Shell text, which nothing is done to: never what comes from an inventory or a host as it is. */
    public ShellTemplate raw(String name, String text) {
        return with(name, new Raw(text));
    }

    /** Lines of shell text, which only their indentation is added to. */
    public ShellTemplate lines(String name, List<String> lines) {
        if (lines.stream().anyMatch(line -> line.contains("\n"))) {
            throw new IllegalArgumentException("a line of " + name + " holds a line feed");
        }
        return with(name, new Lines(List.copyOf(lines)));
    }

    private ShellTemplate with(String name, Value value) {
        if (!names().contains(name)) throw new IllegalArgumentException("the program has no place @" + name + "@");
        Map<String, Value> all = new LinkedHashMap<>(values);
        if (all.put(name, value) != null) throw new IllegalArgumentException("@" + name + "@ is filled twice");
        return new ShellTemplate(program, all);
    }

    private Set<String> names() {
        return PLACE.matcher(program)
                .results()
                .map(found -> group(found, found.group("line") == null ? "name" : "line"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The program as a host gets it. */
    public String text() {
        Set<String> open = names();
        open.removeAll(values.keySet());
        if (!open.isEmpty()) throw new IllegalStateException("nothing is filled in for " + String.join(", ", open));
        ShellContext.Reader reader = new ShellContext.Reader(program);
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Matcher place = PLACE.matcher(program); place.find(); done = place.end()) {
            out.append(program, done, place.start());
            fill(out, place, reader);
        }
        return out.append(program, done, program.length()).toString();
    }

    private void fill(StringBuilder out, Matcher place, ShellContext.Reader reader) {
        @Nullable String line = place.group("line");
        if (line == null) {
            String text = value(group(place, "name")).at(reader.at(place.start()));
            boolean last = place.end() == program.length() || " \n".indexOf(program.charAt(place.end())) >= 0;
            if (text.isEmpty() && last && !out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
                out.setLength(out.length() - 1);
            }
            out.append(text);
        } else if (value(line) instanceof Lines lines) {
            out.append(lines.indented(group(place, "indent")));
        } else if (group(place, "comment").isEmpty()) {
            String text = value(line).at(reader.at(place.start("line")));
            out.append(group(place, "indent")).append(text).append('\n');
        } else {
            throw new IllegalStateException("#@" + line + "@ is a place for lines");
        }
    }

    private Value value(String name) {
        return Objects.requireNonNull(values.get(name));
    }

    private static String group(MatchResult found, String name) {
        return Objects.requireNonNull(found.group(name));
    }

    private static void needsNoQuotes(String word) {
        if (!Argv.quote(word).equals(word)) {
            throw new IllegalArgumentException("'" + word + "' cannot be one of several words between quotes");
        }
    }
}
