package org.linkctl.dsl.words;

import groovy.lang.IntRange;
import groovy.lang.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.InventoryException;
import org.linkctl.dsl.report.LiteralSecret;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.report.NumberMistake;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.Firewall;
import org.linkctl.model.Psk;
import org.linkctl.model.SecretRef;

/**
 * The values of the attributes of one use of a word. A value that cannot be read is reported at its place and treated
 * as not given, so that everything else in the file is still checked.
 */
final class AttributeValues {
    private static final String WHOLE = "a whole number";
    private static final String RANGE = "a range such as 5000..5063";

    private final ScriptRun run;
    private final WordUse use;
    private final Map<String, Object> values;

    AttributeValues(ScriptRun run, WordUse use, Map<String, Object> values) {
        this.run = run;
        this.use = use;
        this.values = values;
    }

    Place at() {
        return use.at();
    }

    /** Those that are addresses, prefixes and endpoints. */
    AddressValues net() {
        return new AddressValues(run, use, this);
    }

    boolean holdsAll(String... attributes) {
        for (String attribute : attributes) if (values.get(attribute) == null) return false;
        return true;
    }

    /** How many of them are written, be their values readable or not. */
    long given(String... attributes) {
        return Arrays.stream(attributes)
                .filter(one -> values.containsKey(one) || use.ignored().contains(one))
                .count();
    }

    /** Whether an error was reported for something in its braces. */
    boolean hasUnreadableEnds() {
        return run.diagnostics().unreadable().affectEndsOf(use.at());
    }

    /** What was declared with this name is not in the fabric: references to it are not reported as unknown. */
    void notDeclared(String name) {
        run.diagnostics().mention(name);
    }

    Optional<String> text(String attribute) {
        return single(attribute, "a text", value -> value instanceof CharSequence text ? text.toString() : null);
    }

    /** The text of the file of the inventory's folder that an attribute names. */
    Optional<String> textOfFile(String attribute) {
        return text(attribute).flatMap(name -> {
            try {
                return Optional.of(run.text(name));
            } catch (InventoryException e) {
                run.error(use.of(attribute), attribute + ": " + e.diagnostic().summary(), "", null);
                return Optional.empty();
            }
        });
    }

    Optional<Integer> number(String attribute) {
        return single(attribute, WHOLE, value -> value instanceof Integer number ? number : null);
    }

    /** One that may be larger than those of {@link #number}. */
    Optional<Long> wholeNumber(String attribute) {
        return single(
                attribute,
                Vocabulary.describe(Number.class),
                value -> value instanceof Integer || value instanceof Long ? ((Number) value).longValue() : null);
    }

    boolean flag(String attribute) {
        return flagOr(attribute, false);
    }

    boolean flagOr(String attribute, boolean otherwise) {
        return flagIfGiven(attribute).orElse(otherwise);
    }

    Optional<Boolean> flagIfGiven(String attribute) {
        return single(attribute, "true or false", value -> value instanceof Boolean flag ? flag : null);
    }

    Optional<SecretRef> secret(String attribute) {
        Object value = value(attribute);
        if (value instanceof SecretRef secret) return Optional.of(secret);
        if (value != null) notASecret(attribute, value, SecretRef.class);
        return Optional.empty();
    }

    /** {@link Psk#NONE} where it is false or not given. */
    Psk psk(String attribute) {
        Object value = value(attribute);
        if (value instanceof SecretRef secret) return new Psk.Given(secret);
        if (value instanceof Boolean flag) return flag ? Psk.MADE : Psk.NONE;
        if (value != null) notASecret(attribute, value, FlagOrSecret.class);
        return Psk.NONE;
    }

    /** A text in place of a reference may be the secret itself: it is not shown. */
    private void notASecret(String attribute, Object value, Class<?> expected) {
        if (value instanceof CharSequence) {
            run.diagnostics().sources().redactFrom(use.of(attribute));
            run.error(use.of(attribute), LiteralSecret.summary(attribute), LiteralSecret.DETAIL, null);
        } else mistyped(attribute, value, Vocabulary.describe(expected));
    }

    Optional<IntRange> range(String attribute) {
        return single(attribute, RANGE, value -> value instanceof IntRange range ? range : null);
    }

    /** A constant of an enumeration of the model. */
    <E extends Enum<E>> Optional<E> constant(String attribute, Class<E> kind) {
        E[] constants = kind.getEnumConstants();
        return single(
                attribute,
                "one of "
                        + MessageText.list(
                                Arrays.stream(constants).map(Enum::name).toList()),
                value -> kind.isInstance(value) ? kind.cast(value) : null);
    }

    /** One text or a list of them. */
    List<String> texts(String attribute) {
        Object value = value(attribute);
        if (value == null) return List.of();
        List<String> texts = new ArrayList<>();
        for (Object one : value instanceof List<?> list ? list : Arrays.asList(value)) {
            if (one instanceof CharSequence text) texts.add(text.toString());
            else mistyped(attribute, one, "a text or a list of texts");
        }
        return texts;
    }

    /** The same; a list that is written and empty is refused, since it would be read as if it were not there. */
    List<String> someTexts(String attribute) {
        notEmpty(attribute);
        return texts(attribute);
    }

    /** Refuses lists that are written and empty: nothing would be read as everything. */
    void notEmpty(String... attributes) {
        for (String attribute : attributes) {
            if (values.get(attribute) instanceof List<?> list
                    && list.isEmpty()
                    && !use.ignored().contains(attribute)) {
                run.error(use.of(attribute), attribute + ": is empty", "leave it out, or name what it is for", null);
            }
        }
    }

    /** Whether it is given as true or false. */
    boolean isFlag(String attribute) {
        return values.get(attribute) instanceof Boolean;
    }

    /** For an attribute that takes other things than flags as well. */
    boolean isTrue(String attribute) {
        return Boolean.TRUE.equals(values.get(attribute));
    }

    /** Whole numbers by name, as in {@code [wg0: 2]}. */
    Map<String, Integer> numbers(String attribute) {
        Object value = value(attribute);
        if (value == null) return Map.of();
        if (!(value instanceof Map<?, ?> map)) {
            mistyped(attribute, value, "numbers by name, such as [wg0: 2]");
            return Map.of();
        }
        Map<String, Integer> numbers = new LinkedHashMap<>();
        map.forEach((name, number) -> {
            if (number instanceof Integer whole) numbers.put(String.valueOf(name), whole);
            else mistyped(attribute, number, "a whole number for " + name);
        });
        return numbers;
    }

    /** One port or a list of them. */
    List<Firewall.Ports> ports(String attribute) {
        Object value = value(attribute);
        if (value == null) return List.of();
        List<Firewall.Ports> ports = new ArrayList<>();
        // A range is a list, too: of all that is in it.
        boolean several = value instanceof List<?> && !(value instanceof Range<?>);
        for (Object one : several ? (List<?>) value : Arrays.asList(value)) {
            if (one instanceof Integer port) ports.add(new Firewall.Ports(port, port));
            else if (one instanceof IntRange range) ports.add(ports(range));
            else mistyped(attribute, one, Vocabulary.describe(PortOrList.class));
        }
        return ports;
    }

    /** From the first to the last as they are written: the checks of the fabric refuse what goes downwards. */
    static Firewall.Ports ports(IntRange range) {
        return range.isReverse()
                ? new Firewall.Ports(range.getTo(), range.getFrom())
                : new Firewall.Ports(range.getFrom(), range.getTo());
    }

    /** Null where the attribute is not given; a null that is written is reported. */
    private @Nullable Object value(String attribute) {
        Object value = values.get(attribute);
        if (value == null && values.containsKey(attribute) && !use.ignored().contains(attribute)) {
            run.error(
                    use.of(attribute),
                    attribute + ": is null",
                    "where there is none it is left out, such as by an if",
                    null);
        }
        return value;
    }

    private <T> Optional<T> single(String attribute, String expected, Function<Object, @Nullable T> read) {
        Object value = value(attribute);
        if (value == null) return Optional.empty();
        T result = read.apply(value);
        if (result == null) mistyped(attribute, value, expected);
        return Optional.ofNullable(result);
    }

    void mistyped(String attribute, @Nullable Object value, String expected) {
        String text = value instanceof CharSequence written ? written.toString() : "";
        boolean number = expected.equals(WHOLE);
        run.error(
                use.of(attribute),
                attribute + ": expected " + expected + ", got " + MessageText.quoted(value),
                number ? NumberMistake.unit(attribute) : "",
                number
                        ? NumberMistake.number(attribute, text)
                        : expected.equals(RANGE) ? NumberMistake.range(text) : null);
    }

    /** Reports a value of this word. */
    void refuse(Place at, String summary, String detail, @Nullable String suggestion) {
        run.error(at, summary, detail, suggestion);
    }

    WordUse use() {
        return use;
    }
}
