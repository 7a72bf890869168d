package org.linkctl.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.linkctl.spi.Resource;

/**
 * The paths that the resources of a host need, directly or through other resources. Resources are given in the order of
 * their needs.
 */
final class PathDependencies {
    private final Map<String, Set<String>> behind = new HashMap<>();

    /** The paths that a resource needs; also records the resource for those that need it. */
    Set<String> neededBy(Resource resource) {
        Set<String> over = new HashSet<>();
        for (String need : resource.needs()) over.addAll(behind.getOrDefault(need, Set.of()));
        Set<String> all = new HashSet<>(over);
        resource.way().ifPresent(all::add);
        for (String provided : resource.provides()) {
            behind.computeIfAbsent(provided, token -> new HashSet<>()).addAll(all);
        }
        return over;
    }
}
