package org.linkctl.dsl.check;

import groovy.lang.IntRange;
import java.util.List;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.dsl.words.InventoryRun;
import org.linkctl.dsl.words.TunnelGroup;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Tunnel;

/**
 * Checks the port ranges of groups of tunnels against each other and against declared ports. The fabric has only the
 * ports that were assigned.
 */
final class TunnelGroupPortChecks {
    private TunnelGroupPortChecks() {}

    static void check(InventoryRun run, Fabric fabric) {
        List<TunnelGroup> groups = run.declarations().groups();
        for (int i = 0; i < groups.size(); i++) {
            for (int j = 0; j < i; j++) ranges(run, groups.get(j), groups.get(i));
            for (Tunnel tunnel : fabric.tunnels()) {
                if (tunnel.group() != null) continue;
                for (Tunnel.End end : tunnel.ends()) {
                    declared(run, groups.get(i), end.host(), end.port(), end.at());
                }
            }
            for (Hub hub : fabric.hubs()) {
                for (Host host : fabric.hostsOf(hub.on())) {
                    declared(run, groups.get(i), host.name(), hub.port(), hub.at());
                }
            }
        }
    }

    private static void ranges(InventoryRun run, TunnelGroup first, TunnelGroup second) {
        IntRange one = first.ports().orElse(null);
        IntRange other = second.ports().orElse(null);
        if (one == null || other == null) return;
        boolean overlap = one.getFrom() <= other.getTo() && other.getFrom() <= one.getTo();
        List<String> shared = second.hosts().stream().filter(first::isOn).toList();
        if (!overlap || shared.isEmpty()) return;
        run.diagnostics()
                .error(
                        second.portsAt(),
                        "ports: " + other + " overlaps " + one + " of tunnels '" + MessageText.shown(first.name())
                                + "' on " + MessageText.shown(shared.getFirst()),
                        "those are declared at " + first.at(),
                        null);
    }

    private static void declared(InventoryRun run, TunnelGroup group, String host, int port, Place at) {
        if (!group.usesPort(host, port)) return;
        WordUse use = run.position().at(at);
        run.diagnostics()
                .error(
                        use == null ? at : use.of("port"),
                        "port " + port + " is among those of tunnels '" + MessageText.shown(group.name()) + "' on "
                                + MessageText.shown(host),
                        "those are declared at " + group.at(),
                        null);
    }
}
