package org.linkctl.engine.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.linkctl.engine.Events;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import org.linkctl.spi.Published;

/**
 * Paths that were made where there was none before. Nothing is lost if they do not work yet, so nothing is undone for it;
 * but it is said.
 */
final class NewPaths {
    private final Collection<Work> works;
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * @param stages whose paths were seen to work already
     * @param ends the names of the hosts at a path's ends
     */
    NewPaths(Collection<Work> works, Stages stages, Function<String, Set<String>> ends) {
        this.works = works.stream().filter(Work::active).toList();
        Set<String> here = this.works.stream().map(work -> work.host.name()).collect(Collectors.toSet());
        Set<String> seen = stages.stages().stream()
                .flatMap(stage -> stage.paths().stream())
                .collect(Collectors.toSet());
        for (Work work : this.works) {
            for (HostPlan.Item item : work.done().items()) {
                item.ways()
                        .path()
                        .filter(path ->
                                !item.ways().exists() && !seen.contains(path) && here.containsAll(ends.apply(path)))
                        .ifPresent(names::add);
            }
        }
    }

    void tell(Events events, Comparison comparison, Published published, Settling settling) {
        if (names.isEmpty()) return;
        Map<String, Host> hosts = new LinkedHashMap<>();
        for (Work work : works) hosts.put(work.host.name(), work.host);
        comparison.ailing(hosts.values(), names, published, settling).forEach((name, what) -> {
            Host host = hosts.get(name);
            if (host == null) return;
            events.notice(
                    host, "made, but does not work yet: " + String.join("; ", what) + ". `linkctl verify` looks again");
        });
    }
}
