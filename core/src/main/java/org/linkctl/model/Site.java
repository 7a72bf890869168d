package org.linkctl.model;

import java.util.List;
import org.linkctl.diag.Place;
import org.linkctl.net.Cidr;

/** A place with hosts and the prefixes that live there. */
public record Site(String name, List<Cidr> lan, Place at) {
    public Site {
        lan = List.copyOf(lan);
    }

    /** Its name, as a text of a playbook has it: {@code "$site"}. */
    @Override
    public String toString() {
        return name;
    }
}
