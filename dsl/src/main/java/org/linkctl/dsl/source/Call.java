package org.linkctl.dsl.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * Where one use of a word stands in its file, part by part.
 *
 * @param word as it was written, or meant
 * @param givesValue it has a value and declares nothing
 * @param at where it stands
 * @param body where its braces open; its end where it has none
 * @param end where it ends, its braces included
 * @param arguments the values without a name, in order
 * @param attributes the named values
 * @param mended attributes that were reported and are read as if they had not been given
 */
public record Call(
        String word,
        boolean givesValue,
        Place at,
        Place body,
        Place end,
        List<Value> arguments,
        Map<String, Value> attributes,
        Set<String> mended) {
    /**
     * A value, as far as the source tells.
     *
     * @param text what a literal string says; empty for anything else
     * @param elements the values of a list that is written out
     */
    public record Value(Place at, String text, List<Value> elements) {
        /** The place of the last element that says this, which repeats the others; else of the whole. */
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

        /** Addresses are told in their canonical form, and may be written in another. */
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

    public static Call at(Place place) {
        return new Call("", false, place, place, place, List.of(), Map.of(), Set.of());
    }

    /** Whether a place is the word's own or one of its values', not in its braces. */
    public boolean isBeforeBody(Place place) {
        return at.compareTo(place) <= 0 && place.compareTo(body) < 0;
    }

    /** Whether what stands in its braces has to fit together. */
    public boolean isTunnel() {
        return word.equals("tunnel") || word.equals("tunnels") || word.equals("hub");
    }

    /** The attribute of whose value, or of whose elements, this is the place; empty where it is none's. */
    public Optional<String> attributeAt(Place place) {
        return attributes.entrySet().stream()
                .filter(each -> each.getValue().stands(place))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether the attribute's value, or one of its elements, is written so. */
    public boolean says(String attribute, String value) {
        Value found = attributes.get(attribute);
        return found != null
                && (found.text().equals(value)
                        || found.elements().stream().anyMatch(one -> one.text().equals(value)));
    }

    /** The place of an attribute's value, or of that one of its elements; of the word where it is not written there. */
    public Place of(String attribute, String value) {
        Value found = attributes.get(attribute);
        return found == null ? at : found.of(value);
    }

    public Place of(String attribute) {
        Value found = attributes.get(attribute);
        return found == null ? at : found.at();
    }

    /** The place of the first value without a name: what the word declares or refers to. */
    public Place ofName() {
        return arguments.isEmpty() ? at : arguments.getFirst().at();
    }
}
