package org.linkctl.dsl.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/** The texts of the files of one inventory, the words in them, and where in them the running script is. */
public final class Sources {
    private static final StackWalker WALKER = StackWalker.getInstance();
    /** A class file counts lines in 16 bits. */
    private static final int MOST = 65_000;

    private final Map<String, List<String>> lines = new LinkedHashMap<>();
    /** Files by the name under which they are compiled, which is what a stack frame tells. */
    private final Map<String, String> units = new HashMap<>();

    private final Map<Place, Call> words = new HashMap<>();
    private final Map<String, List<Place>> numbered = new HashMap<>();
    private final Map<Place, Integer> numbers = new HashMap<>();
    /** From which column on a line is hidden, counted from 0; by the line's place without a column. */
    private final Map<Place, Integer> hidden = new HashMap<>();

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

    /** A line as it may be shown: without what stands from a hidden place on. */
    public @Nullable String line(Place at) {
        String whole = whole(at);
        Integer column = hidden.get(new Place(at.file(), at.line(), 0));
        return whole == null || column == null ? whole : whole.substring(0, Math.min(column, whole.length())) + "***";
    }

    private @Nullable String whole(Place at) {
        List<String> text = lines.get(at.file());
        return text == null || at.line() < 1 || at.line() > text.size() ? null : text.get(at.line() - 1);
    }

    /** From here on nothing of the line is shown: a secret may stand there. */
    public void hide(Place from) {
        hidden.merge(new Place(from.file(), from.line(), 0), Math.max(from.column() - 1, 0), Math::min);
    }

    /** What stands from a place to the end of its line. */
    public String rest(Place at) {
        String line = whole(at);
        return line == null || at.column() < 1 || at.column() > line.length() ? "" : line.substring(at.column() - 1);
    }

    public void word(Call call) {
        words.put(call.at(), call);
    }

    /** The words in whose values or braces a place is, the innermost first. */
    public List<Call> around(Place place) {
        return words.values().stream()
                .filter(call -> call.at().file().equals(place.file())
                        && call.at().compareTo(place) <= 0
                        && place.compareTo(call.end()) < 0)
                .sorted(Comparator.comparing(Call::at, Comparator.reverseOrder()))
                .toList();
    }

    /** A word among the values of another, by its first value; the other one where there is none. */
    public Call within(Call outer, String word, String name) {
        return words.values().stream()
                .filter(call -> call.word().equals(word) && call.at().compareTo(outer.at()) >= 0)
                .filter(call ->
                        call.at().file().equals(outer.at().file()) && call.at().compareTo(outer.end()) < 0)
                .filter(call ->
                        call.arguments().stream().anyMatch(one -> one.text().equals(name)))
                .min(Comparator.comparing(Call::at))
                .orElse(outer);
    }

    public boolean isWord(String file, int line, int column) {
        return words.containsKey(new Place(file, line, column));
    }

    /** The number by which the compiled script names this place. */
    public int number(String file, int line, int column) {
        List<Place> places = numbered.computeIfAbsent(file, key -> new ArrayList<>());
        Place place = new Place(file, line, column);
        Integer known = numbers.get(place);
        if (known != null) return known;
        if (places.size() < MOST) places.add(place);
        numbers.put(place, places.size());
        return places.size();
    }

    /** What a number of a compiled file stands for. */
    public Optional<Place> place(@Nullable String unit, int number) {
        String file = unit == null ? null : units.get(unit);
        List<Place> places = file == null ? null : numbered.get(file);
        return places == null || number < 1 || number > places.size()
                ? Optional.empty()
                : Optional.of(places.get(number - 1));
    }

    /** The use of a word that is being run. */
    public Call here() {
        return WALKER.walk(frames -> frames.flatMap(frame -> place(frame.getFileName(), frame.getLineNumber()).stream())
                        .findFirst())
                .map(place -> words.getOrDefault(place, Call.at(place)))
                .orElseThrow(() -> new IllegalStateException("no inventory is being run"));
    }

    /** Where in an inventory something was thrown; nowhere if it was not there. */
    public Optional<Place> thrown(Throwable problem) {
        for (StackTraceElement frame : problem.getStackTrace()) {
            Optional<Place> place = place(frame.getFileName(), frame.getLineNumber());
            if (place.isPresent()) return place;
        }
        return Optional.empty();
    }
}
