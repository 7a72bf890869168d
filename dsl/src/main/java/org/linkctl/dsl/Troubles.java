package org.linkctl.dsl;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.diag.Place;

/** Where something was wrong already, so that what only follows from it is not told as well. */
final class Troubles {
    /** Without these a thing still says all that others have to fit to. */
    private static final Set<String> BY_ITSELF = Set.of(
            "os",
            "ssh",
            "become",
            "mode",
            "hash",
            "miimon",
            "lacpRate",
            "mtu",
            "keepalive",
            "psk",
            "port",
            "weights",
            "failover");

    /** Stands for something of a word that is none of its attributes. */
    private static final String WHOLE = "";

    private final Sources sources;
    private final Set<Place> places = new HashSet<>();
    private final Map<Place, Set<String>> blurred = new HashMap<>();
    private final Set<Place> clouded = new HashSet<>();

    Troubles(Sources sources) {
        this.sources = sources;
    }

    void at(Place place) {
        places.add(place);
    }

    /** Later than the trouble itself: by then all words and their braces are known. */
    private void settle() {
        for (Place place : places) {
            List<Call> around = sources.around(place);
            if (around.isEmpty()) continue;
            Call inner = around.getFirst();
            String attribute = inner.attributeAt(place).orElse(WHOLE);
            blur(inner, attribute);
            if (BY_ITSELF.contains(attribute)) continue;
            around.forEach(call -> clouded.add(call.at()));
            if (around.size() > 1 && around.get(1).isTunnel()) blur(around.get(1), WHOLE);
        }
        places.clear();
    }

    private void blur(Call call, String attribute) {
        blurred.computeIfAbsent(call.at(), key -> new HashSet<>()).add(attribute);
    }

    /** Whether something of this word, or of an end of this tunnel, could not be read, on which the attribute depends. */
    boolean hide(Place word, String attribute) {
        settle();
        return blurred.getOrDefault(word, Set.of()).stream()
                .anyMatch(one -> one.equals(attribute) || !BY_ITSELF.contains(one));
    }

    /** Whether this word's ends, in its braces, could not be read in full. */
    boolean hideEnds(Place word) {
        settle();
        return blurred.getOrDefault(word, Set.of()).contains(WHOLE);
    }

    /** Whether something of this word, or anywhere in its braces, could not be read. */
    boolean cloud(Place word) {
        settle();
        return clouded.contains(word);
    }
}
