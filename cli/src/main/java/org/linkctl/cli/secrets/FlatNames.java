package org.linkctl.cli.secrets;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Maps secret names to names with fewer characters; two secrets must not get the same one. */
final class FlatNames {
    private final UnaryOperator<String> rule;
    private final Map<String, String> taken = new HashMap<>();

    FlatNames(UnaryOperator<String> rule) {
        this.rule = rule;
    }

    String of(String name) {
        return rule.apply(name);
    }

    /** Another secret with the same mapped name. */
    Optional<String> clash(String name) {
        String first = taken.putIfAbsent(of(name), name);
        return Optional.ofNullable(first).filter(other -> !other.equals(name));
    }
}
