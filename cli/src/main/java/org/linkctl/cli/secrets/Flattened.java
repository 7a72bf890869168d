package org.linkctl.cli.secrets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Names where fewer characters may stand than in a secret's: two secrets must not become one. */
final class Flattened {
    private final UnaryOperator<String> rule;
    private final Map<String, String> taken = new HashMap<>();

    Flattened(UnaryOperator<String> rule) {
        this.rule = rule;
    }

    String of(String name) {
        return rule.apply(name);
    }

    /** The other secret that would have the same name here. */
    Optional<String> clash(String name) {
        String first = taken.putIfAbsent(of(name), name);
        return Optional.ofNullable(first).filter(other -> !other.equals(name));
    }
}
