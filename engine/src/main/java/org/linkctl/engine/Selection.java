package org.linkctl.engine;

import java.util.Set;
import org.linkctl.model.Host;

/** What a run is limited to, by name; an empty set means all. */
public record Selection(Set<String> hosts, Set<String> modules) {
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    public Selection {
        hosts = Set.copyOf(hosts);
        modules = Set.copyOf(modules);
    }

    public boolean holds(Host host) {
        return hosts.isEmpty() || hosts.contains(host.name());
    }

    public boolean holdsModule(String module) {
        return modules.isEmpty() || modules.contains(module);
    }
}
