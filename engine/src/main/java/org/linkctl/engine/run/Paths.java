package org.linkctl.engine.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.linkctl.spi.Resource;

/** Which paths the resources of a host need, directly or through others. Asked in the order of their needs. */
final class Paths {
    private final Map<String, Set<String>> behind = new HashMap<>();

    /** Also notes the resource, for those that need it. */
    Set<String> over(Resource resource) {
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
