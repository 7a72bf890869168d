package org.linkctl.engine.run;

import org.linkctl.engine.Outcome;
import org.linkctl.spi.Answers;

/** What looking at a host came to. */
sealed interface Look {
    record Seen(Answers answers) implements Look {}

    record Not(Outcome why) implements Look {}
}
