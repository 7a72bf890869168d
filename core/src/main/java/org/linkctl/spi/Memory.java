package org.linkctl.spi;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a host keeps of a resource that linkctl made there, so that it can be taken away without the inventory that asked
 * for it. Never a secret: it is shown in plans.
 *
 * @param values by the module's own keys: small letters and dashes
 */
public record Memory(Map<String, String> values) {
    /** It is owned, and its id says all that has to be known. */
    public static final Memory OWNED = new Memory(Map.of());

    private static final Pattern KEY = Pattern.compile("[a-z][a-z-]*");

    public Memory {
        for (String key : values.keySet()) {
            if (!KEY.matcher(key).matches()) throw new IllegalArgumentException("no key of a memory: '" + key + "'");
        }
        values = Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The same and one value more; null: no more. */
    public Memory with(String key, @Nullable String value) {
        if (value == null) return this;
        Map<String, String> out = new TreeMap<>(values);
        out.put(key, value);
        return new Memory(out);
    }

    /** The same and a set of words without white space; an empty one is left out. */
    public Memory with(String key, Collection<String> words) {
        return words.isEmpty() ? this : with(key, String.join(" ", new TreeSet<>(words)));
    }

    public Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** Words that {@link #with(String, Collection)} put there. */
    public List<String> words(String key) {
        return value(key)
                .map(text -> Arrays.asList(text.split(" ", -1)))
                .map(List::copyOf)
                .orElse(List.of());
    }
}
