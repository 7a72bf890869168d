package org.linkctl.engine;

import java.util.List;
import org.linkctl.spi.Finding;

/** What {@code linkctl verify} found of one host. */
public sealed interface Health {
    /** It was looked at; the findings are in the order of its resources. */
    record Examined(List<Finding> findings) implements Health {
        public Examined {
            findings = List.copyOf(findings);
        }
    }

    /** It could not be reached. */
    record Unreachable(String why) implements Health {}

    /** What was found there could not be understood. */
    record Refused(String why) implements Health {}

    /** Whether nothing is doubtful or bad. */
    default boolean good() {
        return this instanceof Examined(List<Finding> findings)
                && findings.stream().allMatch(finding -> finding.health() == Finding.Health.GOOD);
    }
}
