package org.linkctl.dsl.source;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/** Which use of a word the running script is at, and which uses it was at before. */
public final class ScriptPosition {
    private final Sources sources;
    private final Map<Place, Call> reached = new HashMap<>();

    public ScriptPosition(Sources sources) {
        this.sources = sources;
    }

    /** The use of a word that is being run. */
    public Call here() {
        return reached(sources.here());
    }

    /**
     * The use of a word that declares something. A word among its values is run before it, and bytecode has one line
     * number for both: the place may be that of the inner word.
     */
    public Call declaring() {
        Call last = sources.here();
        if (!last.givesValue()) return reached(last);
        return reached(sources.around(last.at()).stream()
                .filter(around -> !around.givesValue())
                .findFirst()
                .orElse(last));
    }

    private Call reached(Call call) {
        reached.put(call.at(), call);
        return call;
    }

    /** The use of a word at this place; null where the script was not there. */
    public @Nullable Call at(Place place) {
        return reached.get(place);
    }
}
