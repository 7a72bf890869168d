package org.linkctl.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Secret;

/**
 * What hosts told of themselves that other hosts need, by host and key: public keys, pre-shared keys, bond members.
 *
 * @param offline hosts that could not be reached at all in this run, so that nothing will be changed there
 */
public record Published(Map<String, Values> byHost, Set<String> offline) {
    /**
     * What one host tells. Keys are the module's own, such as {@code wireguard.wg0.public-key}.
     *
     * @param own the keys of what no other host can have: where two tell the same under such a key, one of them is a copy
     *     of the other, or lies
     */
    public record Values(Map<String, String> plain, Map<String, Secret> hidden, Set<String> own) {
        public static final Values NONE = new Values(Map.of(), Map.of());

        public Values {
            plain = Map.copyOf(plain);
            hidden = Map.copyOf(hidden);
            own = Set.copyOf(own);
        }

        /** Nothing of which need be one host's alone. */
        public Values(Map<String, String> plain, Map<String, Secret> hidden) {
            this(plain, hidden, Set.of());
        }

        public static Values of(String key, String value) {
            return new Values(Map.of(key, value), Map.of());
        }

        public static Values of(String key, Secret value) {
            return new Values(Map.of(), Map.of(key, value));
        }

        /** The same, none of which any other host can have. */
        public Values asOwn() {
            Set<String> all = new HashSet<>(plain.keySet());
            all.addAll(hidden.keySet());
            return new Values(plain, hidden, all);
        }

        /** These and others. */
        public Values and(Values others) {
            Map<String, String> allPlain = new HashMap<>(plain);
            allPlain.putAll(others.plain);
            Map<String, Secret> allHidden = new HashMap<>(hidden);
            allHidden.putAll(others.hidden);
            Set<String> allOwn = new HashSet<>(own);
            allOwn.addAll(others.own);
            return new Values(allPlain, allHidden, allOwn);
        }

        private @Nullable Object at(String key) {
            String text = plain.get(key);
            return text != null ? text : hidden.get(key);
        }
    }

    /** What a host told under a key. */
    public record Told(String host, String key) {}

    public static final Published NOTHING = new Published(Map.of());

    public Published {
        byHost = Map.copyOf(byHost);
        offline = Set.copyOf(offline);
    }

    /** Where nobody was found to be offline. */
    public Published(Map<String, Values> byHost) {
        this(byHost, Set.of());
    }

    public Optional<String> plain(String host, String key) {
        return Optional.ofNullable(
                byHost.getOrDefault(host, Values.NONE).plain().get(key));
    }

    public Optional<Secret> hidden(String host, String key) {
        return Optional.ofNullable(
                byHost.getOrDefault(host, Values.NONE).hidden().get(key));
    }

    /** Who else told the same, of what can be one host's alone; by the names of hosts. */
    public List<Told> copies(String host, String key) {
        Values mine = byHost.getOrDefault(host, Values.NONE);
        Object value = mine.at(key);
        List<Told> out = new ArrayList<>();
        if (value == null || !mine.own().contains(key)) return out;
        byHost.forEach((other, told) -> {
            if (other.equals(host)) return;
            for (String theirs : told.own()) {
                if (value.equals(told.at(theirs))) out.add(new Told(other, theirs));
            }
        });
        out.sort(Comparator.comparing(Told::host).thenComparing(Told::key));
        return out;
    }
}
