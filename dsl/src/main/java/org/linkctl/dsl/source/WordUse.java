package org.linkctl.dsl.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * One use of a word in a file, with the places of its parts.
 *
 * @param word its name, corrected where it was misspelled
 * @param givesValue the word returns a value and declares nothing
 * @param hasEnds its braces contain ends that have to match each other
 * @param at its place
 * @param body where its braces open; its end where it has none
 * @param end where it ends, its braces included
 * @param arguments the positional values
 * @param attributes the named values, by name
 * @param ignored attributes that were reported and are read as if they had not been given
 */
public record WordUse(
        String word,
        boolean givesValue,
        boolean hasEnds,
        Place at,
        Place body,
        Place end,
        List<Value> arguments,
        Map<String, Value> attributes,
        Set<String> ignored) {
    /**
     * A value, as it is written.
     *
     * @param text the content of a literal, a range as 8000..8010; empty for anything else
     * @param elements the elements of a list literal, the keys of a map literal
     */
    public record Value(Place at, String text, List<Value> elements) {
        /**
         * The place of the last element with this content (the repetition, where there are several); else that of the
         * value.
         */
        Place of(String wanted) {
            return elements.stream()
                    .filter(element -> element.says(wanted))
                    .map(Value::at)
                    .reduce((first, second) -> second)
                    .orElse(at);
        }

        private boolean says(String wanted) {
            return text.equals(wanted) || canonical(text).equals(wanted);
        }

        /** Diagnostics have addresses in canonical form (RFC 5952); the file may have them in another. */
        private static String canonical(String text) {
            return Cidr.parse(text)
                    .map(Cidr::toString)
                    .or(() -> Ip.parse(text).map(Ip::toString))
                    .orElse(text);
        }

        private boolean stands(Place place) {
            return at.equals(place) || elements.stream().anyMatch(element -> element.stands(place));
        }
    }

    public static WordUse at(Place place) {
        return new WordUse("", false, false, place, place, place, List.of(), Map.of(), Set.of());
    }

    /** Whether a place is that of the word or of one of its values, not in its braces. */
    public boolean isBeforeBody(Place place) {
        return at.compareTo(place) <= 0 && place.compareTo(body) < 0;
    }

    /** The attribute whose value, or one of whose elements, is at this place. */
    public Optional<String> attributeAt(Place place) {
        return attributes.entrySet().stream()
                .filter(each -> each.getValue().stands(place))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether the value of the attribute, or one of its elements, is a literal with this content. */
    public boolean says(String attribute, String value) {
        Value found = attributes.get(attribute);
        return found != null
                && (found.text().equals(value)
                        || found.elements().stream().anyMatch(one -> one.text().equals(value)));
    }

    /**
     * The place of the element of an attribute with this content, else of its value; of the word where it is not given.
     */
    public Place of(String attribute, String value) {
        Value found = attributes.get(attribute);
        return found == null ? at : found.of(value);
    }

    public Place of(String attribute) {
        Value found = attributes.get(attribute);
        return found == null ? at : found.at();
    }

    /** The place of the positional value that says this; else that of the first. */
    public Place ofName(String text) {
        return arguments.stream()
                .filter(argument -> argument.says(text))
                .map(Value::at)
                .findFirst()
                .orElseGet(this::ofName);
    }

    /** The place of the first positional value: the name of what the word declares or refers to. */
    public Place ofName() {
        return arguments.isEmpty() ? at : arguments.getFirst().at();
    }
}
