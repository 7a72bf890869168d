package org.linkctl.dsl.words;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.dsl.words.PlaybookRun.Phase;
import org.linkctl.playbook.Action;

/**
 * The pings of a playbook by name. Those of its steps may still go on when the steps that are done at the end begin, whatever
 * ends them among the former: a failure may have come in between.
 */
final class WatchNames {
    private final Map<String, Action.Watch> open = new LinkedHashMap<>();
    private final Map<String, Action.Watch> latest = new LinkedHashMap<>();
    private final Map<String, Phase> phases = new HashMap<>();
    private final Set<String> endedElsewhere = new HashSet<>();

    /** Whether one of this name may go on then. */
    boolean mayGoOn(String name, Phase now) {
        return open.containsKey(name) || phases.getOrDefault(name, now) != now;
    }

    void begin(Action.Watch watch, Phase now) {
        open.put(watch.name(), watch);
        latest.put(watch.name(), watch);
        phases.put(watch.name(), now);
    }

    /** The one that a step ends; empty: none has begun, or it has certainly ended. */
    Optional<Action.Watch> end(String name, Phase now) {
        if (phases.get(name) == now) return Optional.ofNullable(open.remove(name));
        Action.Watch watch = now == Phase.USUALLY ? null : latest.get(name);
        return watch != null && endedElsewhere.add(now + " " + name) ? Optional.of(watch) : Optional.empty();
    }

    Set<String> names() {
        return latest.keySet();
    }
}
