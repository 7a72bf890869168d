package org.linkctl.dsl.report;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains why a text is no number, or no range of numbers: other tools take units, and write ranges otherwise. */
public final class NumberMistake {
    private static final Map<String, Pattern> UNITS = Map.of(
            "seconds", Pattern.compile("([0-9]{1,9})\\s*(?:s|secs?|seconds?)"),
            "milliseconds", Pattern.compile("([0-9]{1,9})\\s*(?:ms|msecs?|milliseconds?)"),
            "bytes", Pattern.compile("([0-9]{1,9})\\s*(?:b|B|bytes?)"));

    private static final Map<String, String> UNIT_OF =
            Map.of("keepalive", "seconds", "interval", "seconds", "miimon", "milliseconds", "mtu", "bytes");

    /** Two numbers with a comma between are two ports as well. */
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})\\s*(?:-|\u2013|\\.\\.|:|to)\\s*([0-9]{1,5})");

    private NumberMistake() {}

    /** The unit of an attribute, as a further line of a message; empty where it has none. */
    public static String unit(String attribute) {
        String unit = UNIT_OF.get(attribute);
        return unit == null ? "" : "a number of " + unit;
    }

    /** The number of a text that has its unit as well; null where it is none. */
    public static @Nullable String number(String attribute, String text) {
        Pattern pattern = UNITS.get(UNIT_OF.getOrDefault(attribute, ""));
        Matcher found = pattern == null ? null : pattern.matcher(text.strip());
        return found != null && found.matches() ? found.group(1) : null;
    }

    /** The range that a text is in another notation; null where it is none. */
    public static @Nullable String range(String text) {
        Matcher found = RANGE.matcher(text.strip());
        return found.matches() ? found.group(1) + ".." + found.group(2) : null;
    }
}
