package org.linkctl.engine;

import java.util.List;
import org.linkctl.engine.guard.PastRun;

/** What a host remembers of the runs that changed it. */
public sealed interface History {
    /** The last one first. */
    record Known(List<PastRun> runs) implements History {
        public Known {
            runs = List.copyOf(runs);
        }
    }

    record Unreachable(String why) implements History {}
}
