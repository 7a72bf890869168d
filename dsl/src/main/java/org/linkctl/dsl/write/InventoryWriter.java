package org.linkctl.dsl.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.spi.Found.Value;

/** The text of an inventory, and which word stands on which of its lines. */
public final class InventoryWriter {
    /** Columns after which the attributes of a word go on in the next line. */
    private static final int WIDTH = 120;

    private static final String STEP = "    ";
    private static final String COMMENT = "// ";

    /** The lines of a word, counted from 1, its braces among them. */
    private record Place(Word word, int first, int last) {}

    private final List<String> lines = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();

    private InventoryWriter() {}

    public static InventoryWriter of(List<? extends Written> all) {
        InventoryWriter out = new InventoryWriter();
        all.forEach(one -> out.write(one, "", true));
        return out;
    }

    public String text() {
        return String.join("\n", lines) + "\n";
    }

    /** The innermost word on a line, counted from 1. */
    public Optional<Word> at(int line) {
        return places.stream()
                .filter(place -> place.first() <= line && line <= place.last())
                .reduce((one, other) -> other.last() - other.first() < one.last() - one.first() ? other : one)
                .map(Place::word);
    }

    /**
     * @param indent what every line begins with: blanks, or what makes a comment of it as well
     * @param declared false within such a comment
     */
    private void write(Written one, String indent, boolean declared) {
        switch (one) {
            case Written.Comment(String text) -> lines.add(indent + COMMENT + GroovyText.comment(text));
            case Written.Disabled(Word word, String why) -> {
                lines.add(indent + COMMENT + GroovyText.comment(why));
                word(word, indent + COMMENT, false);
            }
            case Word word -> word(word, indent, declared);
        }
    }

    private void word(Word word, String indent, boolean declared) {
        int first = lines.size() + 1;
        head(word, indent, word.braces() ? word.inside().isEmpty() ? " {}" : " {" : "");
        word.inside().forEach(one -> write(one, indent + STEP, declared));
        if (!word.inside().isEmpty()) lines.add(indent + "}");
        if (declared) places.add(new Place(word, first, lines.size()));
    }

    private void head(Word word, String indent, String end) {
        List<String> arguments = Stream.concat(
                        word.values().stream().map(InventoryWriter::value),
                        word.attributes().entrySet().stream().map(one -> one.getKey() + ": " + value(one.getValue())))
                .toList();
        StringBuilder line = new StringBuilder(indent).append(word.name()).append('(');
        String more = indent + " ".repeat(word.name().length() + 1);
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i) + (i + 1 < arguments.size() ? "," : ")" + end);
            if (i > 0 && line.length() + 1 + argument.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(more);
            } else if (i > 0) line.append(' ');
            line.append(argument);
        }
        lines.add(line.toString());
    }

    private static String value(Value value) {
        return switch (value) {
            case Value.Text(String text) -> GroovyText.quoted(text);
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Flag(boolean flag) -> Boolean.toString(flag);
            case Value.Constant(Enum<?> constant) -> constant.name();
            case Value.Reference(String name) -> "secret(" + GroovyText.quoted(name) + ")";
            case Value.Several(List<Value> values) ->
                values.stream().map(InventoryWriter::value).collect(Collectors.joining(", ", "[", "]"));
            case Value.Keyed(Map<String, Value> values) ->
                values.entrySet().stream()
                        .map(one -> GroovyText.quoted(one.getKey()) + ": " + value(one.getValue()))
                        .collect(Collectors.joining(", ", "[", "]"));
        };
    }
}
