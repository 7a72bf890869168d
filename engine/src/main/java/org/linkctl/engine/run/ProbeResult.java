package org.linkctl.engine.run;

import org.linkctl.engine.Outcome;
import org.linkctl.spi.Answers;

/** The result of probing a host. */
sealed interface ProbeResult {
    record Answered(Answers answers) implements ProbeResult {}

    record Failed(Outcome why) implements ProbeResult {}
}
