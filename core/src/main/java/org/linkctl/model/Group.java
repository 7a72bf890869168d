package org.linkctl.model;

import java.util.List;
import org.linkctl.diag.Place;

/**
 * Hosts under one name, for {@code --limit} and for playbooks. Nothing is made of it on any host.
 *
 * @param members names of hosts, pairs and sites
 */
public record Group(String name, List<String> members, Place at) implements Intent {
    public Group {
        members = List.copyOf(members);
    }

    /** Its name, as a text of a playbook has it: {@code "$group"}. */
    @Override
    public String toString() {
        return name;
    }
}
