package org.linkctl.engine.ssh;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ssh -G} says of a host serves all hosts that its configuration treats alike. Of each kind of hosts the first two
 * are asked about: where the answers differ in more than the name, each host is.
 */
final class SharedAnswers {
    /** The lines that name the host; the first is there from OpenSSH 8.7 on. */
    private static final List<String> NAMES = List.of("host", "hostname");

    private final Map<Object, Kind> kinds = new ConcurrentHashMap<>();

    private static final class Kind {
        private @Nullable Map<String, List<String>> first;
        private boolean compared;
        private boolean alike;
    }

    /** @param asking asks ssh(1) about this host */
    Map<String, List<String>> of(Object kind, String host, Supplier<Map<String, List<String>>> asking) {
        Kind found = kinds.computeIfAbsent(kind, one -> new Kind());
        synchronized (found) {
            Map<String, List<String>> first = found.first;
            if (found.compared) {
                if (found.alike && first != null) return named(first, host);
            } else {
                Map<String, List<String>> told = asking.get();
                Optional<Map<String, List<String>>> nameless = nameless(told, host);
                found.compared = first != null || nameless.isEmpty();
                found.alike = nameless.isPresent() && nameless.get().equals(first);
                found.first = nameless.orElse(null);
                return told;
            }
        }
        return asking.get();
    }

    /** An answer without the host; empty where more depends on the name, or the name is another than was asked for. */
    private static Optional<Map<String, List<String>>> nameless(Map<String, List<String>> told, String host) {
        Map<String, List<String>> out = new HashMap<>(told);
        out.remove("controlpath"); // linkctl shares no connection of ssh(1)
        for (String name : NAMES) {
            List<String> value = out.remove(name);
            if (value != null && !value.equals(List.of(host))) return Optional.empty();
        }
        boolean named = out.values().stream().flatMap(List::stream).anyMatch(value -> value.contains(host));
        return named || !told.containsKey("hostname") ? Optional.empty() : Optional.of(out);
    }

    private static Map<String, List<String>> named(Map<String, List<String>> nameless, String host) {
        Map<String, List<String>> out = new HashMap<>(nameless);
        for (String name : NAMES) out.put(name, List.of(host));
        return out;
    }
}
