package org.linkctl.engine.guard;

import java.util.List;

/** The runs that changed a host, as the host recorded them. */
public sealed interface History {
    /** The latest run first. */
    record Known(List<PastRun> runs) implements History {
        public Known {
            runs = List.copyOf(runs);
        }
    }

    record Unreachable(String why) implements History {}
}
