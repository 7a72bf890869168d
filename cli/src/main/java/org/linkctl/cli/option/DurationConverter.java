package org.linkctl.cli.option;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30}, {@code 30s}, {@code 5m}, {@code 2h}. */
public final class DurationConverter implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smh]?)");

    /** The same, or {@code 0}: no waiting. */
    static final class OrNone implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return read(text);
        }
    }

    @Override
    public Duration convert(String text) {
        Duration time = read(text);
        if (time.isZero()) throw none(text);
        return time;
    }

    private static Duration read(String text) {
        Matcher match = FORM.matcher(text);
        if (!match.matches()) throw none(text);
        long number = Long.parseLong(match.group(1));
        return switch (match.group(2)) {
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofSeconds(number);
        };
    }

    private static TypeConversionException none(String text) {
        return new TypeConversionException("'" + text + "' is not a duration; write 30, 30s, 5m or 2h");
    }
}
