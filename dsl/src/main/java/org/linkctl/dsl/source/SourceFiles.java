package org.linkctl.dsl.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * The texts of the files of one inventory, the uses of words in them, and the numbers by which compiled scripts name
 * places.
 */
public final class SourceFiles {
    private static final StackWalker WALKER = StackWalker.getInstance();
    /** The largest number of a place: line numbers in class files have 16 bits (JVMS 4.7.12). */
    private static final int MOST = 65_000;
    /** How far above its value a label is looked for. */
    private static final int LABEL_LINES = 10;

    /** Read by {@link #line} also while the thread of an inventory that was stopped is still at work. */
    private final Map<String, List<String>> lines = Collections.synchronizedMap(new LinkedHashMap<>());
    /** Files by the name under which they are compiled, which is the file name in stack frames. */
    private final Map<String, String> units = new HashMap<>();

    private final Map<Place, WordUse> uses = new HashMap<>();
    private final Map<String, List<Place>> numbered = new HashMap<>();
    private final Map<Place, Integer> numbers = new HashMap<>();
    /** The column from which on a line is not shown, counted from 0; by the line's place without a column. */
    private final Map<Place, Integer> redacted = Collections.synchronizedMap(new HashMap<>());

    public void add(String file, String text) {
        lines.put(file, text.lines().toList());
        units.put(unit(file), file);
    }

    public boolean has(String file) {
        return lines.containsKey(file);
    }

    public String unit(String file) {
        return "inventory" + List.copyOf(lines.keySet()).indexOf(file) + ".groovy";
    }

    /** What compiling a file has added: the numbers of its places, and its uses of words. */
    public FilePlaces places(String file) {
        return new FilePlaces(
                numbered.getOrDefault(file, List.of()),
                uses.values().stream()
                        .filter(use -> use.at().file().equals(file))
                        .toList());
    }

    /** Sets what {@link #places} gave when the same text was compiled. */
    public void restore(String file, FilePlaces places) {
        numbered.put(file, places.numbered());
        for (WordUse use : places.uses()) addUse(use);
    }

    /** Whether something of the file is not to be shown. */
    public boolean isRedacted(String file) {
        return List.copyOf(redacted.keySet()).stream().anyMatch(at -> at.file().equals(file));
    }

    /** The line as messages show it, cut off before a redacted place; null where there is no such line. */
    public @Nullable String line(Place at) {
        String whole = whole(at);
        Integer column = redacted.get(new Place(at.file(), at.line(), 0));
        return whole == null || column == null ? whole : whole.substring(0, Math.min(column, whole.length())) + "***";
    }

    private @Nullable String whole(Place at) {
        List<String> text = lines.get(at.file());
        return text == null || at.line() < 1 || at.line() > text.size() ? null : text.get(at.line() - 1);
    }

    /** Nothing of the line is shown from here on: it may contain a secret. */
    public void redactFrom(Place from) {
        redacted.merge(new Place(from.file(), from.line(), 0), Math.max(from.column() - 1, 0), Math::min);
    }

    /** The text from a place to the end of its line. */
    public String restOfLine(Place at) {
        String line = whole(at);
        return line == null || at.column() < 1 || at.column() > line.length() ? "" : line.substring(at.column() - 1);
    }

    /** The text of a line up to a place. */
    public String textBefore(Place at) {
        String line = whole(at);
        return line == null ? "" : line.substring(0, Math.clamp(at.column() - 1, 0, line.length()));
    }

    /** Where the text that stands directly before a place, on its line or above, begins. */
    public Optional<Place> placeBefore(Place at, String pattern) {
        Pattern last = Pattern.compile("\\b" + pattern + "\\s*$");
        for (int line = at.line(); line > Math.max(0, at.line() - LABEL_LINES); line--) {
            String text = whole(new Place(at.file(), line, 0));
            if (text == null) return Optional.empty();
            String before = line == at.line() ? textBefore(at) : text;
            Matcher found = last.matcher(before);
            if (found.find()) return Optional.of(new Place(at.file(), line, found.start() + 1));
            if (!before.isBlank()) return Optional.empty();
        }
        return Optional.empty();
    }

    public void addUse(WordUse use) {
        uses.put(use.at(), use);
    }

    /** The uses of words in whose values or braces a place is, the innermost first. */
    public List<WordUse> usesAround(Place place) {
        return uses.values().stream()
                .filter(use -> use.at().file().equals(place.file())
                        && use.at().compareTo(place) <= 0
                        && place.compareTo(use.end()) < 0)
                .sorted(Comparator.comparing(WordUse::at, Comparator.reverseOrder()))
                .toList();
    }

    /** The use of a word among the values of {@code outer} that has this value; {@code outer} where there is none. */
    public WordUse useWithin(WordUse outer, String word, String name) {
        return uses.values().stream()
                .filter(use -> use.word().equals(word) && use.at().compareTo(outer.at()) >= 0)
                .filter(use ->
                        use.at().file().equals(outer.at().file()) && use.at().compareTo(outer.end()) < 0)
                .filter(use ->
                        use.arguments().stream().anyMatch(one -> one.text().equals(name)))
                .min(Comparator.comparing(WordUse::at))
                .orElse(outer);
    }

    /** Whether a word is used at this place, and has no braces. */
    public boolean isWithoutBraces(Place at) {
        WordUse use = uses.get(at);
        return use != null && use.body().equals(use.end());
    }

    public boolean isWord(String file, int line, int column) {
        return uses.containsKey(new Place(file, line, column));
    }

    /** The number that the compiled script has as the line number for this place. */
    public int number(String file, int line, int column) {
        List<Place> places = numbered.computeIfAbsent(file, key -> new ArrayList<>());
        Place place = new Place(file, line, column);
        Integer known = numbers.get(place);
        if (known != null) return known;
        if (places.size() < MOST) places.add(place);
        numbers.put(place, places.size());
        return places.size();
    }

    /** The place for a line number of a compiled file. */
    public Optional<Place> placeOf(@Nullable String unit, int number) {
        String file = unit == null ? null : units.get(unit);
        List<Place> places = file == null ? null : numbered.get(file);
        return places == null || number < 1 || number > places.size()
                ? Optional.empty()
                : Optional.of(places.get(number - 1));
    }

    /** The use of a word that is being run. */
    public WordUse here() {
        return WALKER.walk(frames -> frames.flatMap(
                                frame -> placeOf(frame.getFileName(), frame.getLineNumber()).stream())
                        .findFirst())
                .map(place -> uses.getOrDefault(place, WordUse.at(place)))
                .orElseThrow(() -> new IllegalStateException("no inventory is being run"));
    }

    /** The place in an inventory at which an exception was thrown; empty where no frame is of an inventory. */
    public Optional<Place> placeOf(Throwable problem) {
        for (StackTraceElement frame : problem.getStackTrace()) {
            Optional<Place> place = placeOf(frame.getFileName(), frame.getLineNumber());
            if (place.isPresent()) return place;
        }
        return Optional.empty();
    }
}
