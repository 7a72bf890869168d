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
 * Checks paths that did not exist before the run. One that does not work yet is reported but not undone, since no
 * traffic depended on it.
 */
final class NewPathCheck {
    private final Collection<HostRun> works;
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * @param stages whose paths were checked already
     * @param ends the names of the hosts at a path's ends
     */
    NewPathCheck(Collection<HostRun> works, Stages stages, Function<String, Set<String>> ends) {
        this.works = works.stream().filter(HostRun::active).toList();
        Set<String> here = this.works.stream().map(work -> work.host.name()).collect(Collectors.toSet());
        Set<String> seen = stages.stages().stream()
                .flatMap(stage -> stage.paths().stream())
                .collect(Collectors.toSet());
        for (HostRun work : this.works) {
            for (HostPlan.Item item : work.done().items()) {
                item.paths()
                        .path()
                        .filter(path ->
                                !item.paths().exists() && !seen.contains(path) && here.containsAll(ends.apply(path)))
                        .ifPresent(names::add);
            }
        }
    }

    void report(Events events, HealthComparison comparison, Published published, SettleTime settling) {
        if (names.isEmpty()) return;
        Map<String, Host> hosts = new LinkedHashMap<>();
        for (HostRun work : works) hosts.put(work.host.name(), work.host);
        comparison.unhealthy(hosts.values(), names, published, settling).forEach((name, what) -> {
            Host host = hosts.get(name);
            if (host == null) return;
            events.notice(
                    host, "made, but does not work yet: " + String.join("; ", what) + ". `linkctl verify` looks again");
        });
    }
}
