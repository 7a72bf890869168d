package org.linkctl.cli.playbook;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.engine.Health;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.playbook.Way;
import org.linkctl.spi.Finding;

/**
 * Whether traffic has another way that works.
 *
 * @param health of the hosts at the ends
 */
record OtherWays(Fabric fabric, Map<Host, Health> health) {
    /**
     * @param unused the paths that carry nothing once this way is drained
     * @return what would be cut; empty: nothing
     */
    Optional<String> lost(Way way, Set<String> unused) {
        for (Host host : health.keySet()) {
            if (health.get(host) instanceof Health.Unreachable(String why)) {
                return Optional.of(
                        host.name() + " is unreachable, so it cannot be told whether traffic has another way: " + why);
            }
        }
        return fabric.routes().stream()
                .filter(route -> route.via().stream().anyMatch(way.paths()::contains))
                .filter(route -> route.via().stream().noneMatch(name -> !unused.contains(name) && works(name)))
                .findFirst()
                .map(route -> cut(way, route));
    }

    private static String cut(Way way, Route route) {
        return String.join(" and ", route.between()) + " would have no way to each other: without " + way.name()
                + " no tunnel of their route works";
    }

    /** Whether neither end says that the tunnel is bad. */
    private boolean works(String tunnel) {
        return health.values().stream()
                .allMatch(one -> !(one instanceof Health.Examined(var findings))
                        || findings.stream().noneMatch(finding -> isBad(finding, tunnel)));
    }

    private static boolean isBad(Finding finding, String tunnel) {
        return finding.health() == Finding.Health.BAD
                && Arrays.asList(finding.subject().split("[^A-Za-z0-9_.-]+", -1))
                        .contains(tunnel);
    }
}
