package org.linkctl.engine;

import java.util.List;
import org.linkctl.spi.Finding;

/** What {@code linkctl verify} found of one host. */
public sealed interface Health {
    /** The host was checked; the findings are in the order of its resources. */
    record Examined(List<Finding> findings) implements Health {
        public Examined {
            findings = List.copyOf(findings);
        }
    }

    /** The host could not be reached. */
    record Unreachable(String why) implements Health {}

    /** An answer of the host could not be understood. */
    record Refused(String why) implements Health {}

    /** Whether all findings are good. */
    default boolean good() {
        return this instanceof Examined(List<Finding> findings)
                && findings.stream().allMatch(finding -> finding.health() == Finding.Health.GOOD);
    }
}
