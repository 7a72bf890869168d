package org.linkctl.engine;

import java.util.List;
import org.linkctl.spi.Diagnosis;

/**
 * What {@code linkctl doctor} found of one host.
 *
 * @param reached whether it was logged in to, and became root
 */
public record Checkup(boolean reached, List<Diagnosis> diagnoses) {
    public Checkup {
        diagnoses = List.copyOf(diagnoses);
    }

    public long count(Diagnosis.State state) {
        return diagnoses.stream().filter(one -> one.state() == state).count();
    }

    /** Whether nothing is in the way of what is declared for it, as far as that was asked. */
    public boolean clear() {
        return reached && count(Diagnosis.State.IN_THE_WAY) == 0;
    }
}
