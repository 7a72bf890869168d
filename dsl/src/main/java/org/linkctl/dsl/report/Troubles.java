package org.linkctl.dsl.report;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.diag.Place;
import org.linkctl.dsl.source.Call;
import org.linkctl.dsl.source.Sources;

/** Where something was wrong already, so that what only follows from it is not told as well. */
public final class Troubles {
    /** Without these a thing still says all that others have to fit to. */
    private static final Set<String> BY_ITSELF = Set.of(
            "os",
            "ssh",
            "become",
            "mode",
            "hash",
            "miimon",
            "lacpRate",
            "members",
            "mtu",
            "keepalive",
            "psk",
            "key",
            "port",
            "weights",
            "failover");

    /** What is said of these is so whatever else of the word could not be read. */
    private static final Set<String> OF_ITSELF = Set.of("name", "members");

    /** Stands for something of a word that is none of its attributes. */
    private static final String WHOLE = "";

    private final Sources sources;
    private final Set<Place> places = new HashSet<>();
    /** By word and attribute: where something could not be read. */
    private final Map<Place, Map<String, Set<Place>>> blurred = new HashMap<>();

    private final Set<Place> clouded = new HashSet<>();

    public Troubles(Sources sources) {
        this.sources = sources;
    }

    public void at(Place place) {
        places.add(place);
    }

    /** Later than the trouble itself: by then all words and their braces are known. */
    private void settle() {
        for (Place place : places) {
            List<Call> around = sources.around(place);
            if (around.isEmpty()) continue;
            Call inner = around.getFirst();
            String attribute = inner.attributeAt(place).orElse(WHOLE);
            blur(inner, attribute, place);
            if (BY_ITSELF.contains(attribute)) continue;
            around.forEach(call -> clouded.add(call.at()));
            if (around.size() > 1 && around.get(1).isTunnel()) blur(around.get(1), WHOLE, place);
        }
        places.clear();
    }

    private void blur(Call call, String attribute, Place place) {
        blurred.computeIfAbsent(call.at(), key -> new HashMap<>())
                .computeIfAbsent(attribute, key -> new HashSet<>())
                .add(place);
    }

    private Map<String, Set<Place>> blurred(Place word) {
        settle();
        return blurred.getOrDefault(word, Map.of());
    }

    /** Whether something of this word, or of an end of this tunnel, could not be read, on which the attribute depends. */
    public boolean hide(Place word, String attribute) {
        return blurred(word).keySet().stream().anyMatch(one -> one.equals(attribute) || !BY_ITSELF.contains(one));
    }

    /** The same for one of the values of a list: that another could not be read changes nothing about it. */
    public boolean hide(Call word, String attribute, Place element) {
        Place whole = word.of(attribute);
        for (Map.Entry<String, Set<Place>> each : blurred(word.at()).entrySet()) {
            String one = each.getKey();
            Set<Place> troubles = each.getValue();
            if (one.equals(WHOLE)) return true;
            if (one.equals(attribute)) {
                if (element.equals(whole) || troubles.contains(element) || troubles.contains(whole)) return true;
            } else if (!BY_ITSELF.contains(one) && !OF_ITSELF.contains(attribute)) return true;
        }
        return false;
    }

    /** Whether this word's ends, in its braces, could not be read in full. */
    public boolean hideEnds(Place word) {
        return blurred(word).containsKey(WHOLE);
    }

    /** Whether something of this word, or anywhere in its braces, could not be read. */
    public boolean cloud(Place word) {
        settle();
        return clouded.contains(word);
    }
}
