package org.linkctl.dsl.write;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.spi.Found.Value;

/** A part of an inventory that is written. */
public sealed interface Written {
    /**
     * A word, with its values, its attributes and what stands in its braces. Two are never the same: each is one place of
     * an inventory.
     */
    final class Word implements Written {
        private final String name;
        private final List<Value> values;
        private final Map<String, Value> attributes;
        private final List<Written> inside;
        private final boolean braces;

        private Word(
                String name, List<Value> values, Map<String, Value> attributes, List<Written> inside, boolean braces) {
            this.name = name;
            this.values = List.copyOf(values);
            this.attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
            this.inside = List.copyOf(inside);
            this.braces = braces;
        }

        /** One without braces. */
        public static Word of(String name, List<Value> values, Map<String, Value> attributes) {
            return new Word(name, values, attributes, List.of(), false);
        }

        /** One with braces, whatever stands in them. */
        public static Word of(
                String name, List<Value> values, Map<String, Value> attributes, List<? extends Written> inside) {
            return new Word(name, values, attributes, List.copyOf(inside), true);
        }

        public String name() {
            return name;
        }

        public List<Value> values() {
            return values;
        }

        public Map<String, Value> attributes() {
            return attributes;
        }

        public List<Written> inside() {
            return inside;
        }

        boolean braces() {
            return braces;
        }

        /** The same with something else in its braces. */
        public Word with(List<? extends Written> other) {
            return new Word(name, values, attributes, List.copyOf(other), braces);
        }
    }

    /** Text that is no part of what is declared. */
    record Comment(String text) implements Written {}

    /** A word that is not declared, as a comment, and why. */
    record Disabled(Word word, String why) implements Written {}
}
