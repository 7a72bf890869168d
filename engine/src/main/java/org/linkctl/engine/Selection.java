package org.linkctl.engine;

import java.util.Set;
import org.linkctl.model.Host;

/**
 * What a run is limited to, by name; an empty set means all.
 *
 * @param together all hosts that this run and those beside it change, each its own; empty: it is alone. A path then waits
 *     in a run that has not all of the hosts that share its traffic ({@link Run#together})
 */
public record Selection(Set<String> hosts, Set<String> modules, Set<String> together) {
    public static final Selection ALL = new Selection(Set.of(), Set.of());

    public Selection {
        hosts = Set.copyOf(hosts);
        modules = Set.copyOf(modules);
        together = Set.copyOf(together);
    }

    /** Of a run that is alone. */
    public Selection(Set<String> hosts, Set<String> modules) {
        this(hosts, modules, Set.of());
    }

    public boolean holds(Host host) {
        return hosts.isEmpty() || hosts.contains(host.name());
    }

    public boolean holdsModule(String module) {
        return modules.isEmpty() || modules.contains(module);
    }
}
