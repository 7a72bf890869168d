package org.linkctl.dsl.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/** The use of a word that the running script is at, and those that it was at before. */
public final class ScriptPosition {
    private final SourceFiles sources;
    private final Map<Place, WordUse> reached = new HashMap<>();

    public ScriptPosition(SourceFiles sources) {
        this.sources = sources;
    }

    /** The use of a word that is being run. */
    public WordUse here() {
        return reached(sources.here());
    }

    /**
     * The use of a word that declares something. A word among its values is run before it, and bytecode has one line
     * number for both: the place may be that of the inner word.
     */
    public WordUse declaring() {
        WordUse last = sources.here();
        if (!last.givesValue()) return reached(last);
        return reached(sources.usesAround(last.at()).stream()
                .filter(around -> !around.givesValue())
                .findFirst()
                .orElse(last));
    }

    private WordUse reached(WordUse use) {
        reached.put(use.at(), use);
        return use;
    }

    /** The use of a word at this place; null where the script was not there. */
    public @Nullable WordUse at(Place place) {
        return reached.get(place);
    }
}
