package org.linkctl.model;

import java.util.List;
import org.linkctl.diag.Place;

/**
 * Two hosts of a site of which one stands in for the other.
 *
 * @param hosts their names, in the declared order
 */
public record Pair(String name, String site, List<String> hosts, Place at) implements Intent {
    public Pair {
        hosts = List.copyOf(hosts);
    }

    /** Its name, as a text of a playbook has it: {@code "$pair"}. */
    @Override
    public String toString() {
        return name;
    }
}
