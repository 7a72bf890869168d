package org.linkctl.dsl.check;

import groovy.lang.IntRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.check.Refusal;
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
        IdentityHashMap<TunnelGroup, Integer> order = new IdentityHashMap<>();
        List<TunnelGroup> groups = run.declarations().groups();
        Map<String, List<Used>> used = used(fabric);
        Map<String, Set<TunnelGroup>> before = new HashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            TunnelGroup group = groups.get(i);
            Set<String> hosts = new LinkedHashSet<>(group.hosts());
            hosts.stream()
                    .flatMap(host -> before.getOrDefault(host, Set.of()).stream())
                    .distinct()
                    .sorted(Comparator.comparing(order::get))
                    .forEach(first -> ranges(run, first, group));
            hosts.stream()
                    .flatMap(host -> used.getOrDefault(host, List.of()).stream())
                    .sorted(Comparator.comparingInt(Used::order))
                    .forEach(one -> declared(run, group, one.host(), one.port(), one.at()));
            for (String host : hosts)
                before.computeIfAbsent(host, _ -> new LinkedHashSet<>()).add(group);
            order.put(group, i);
        }
    }

    /** Whether a refusal is of a port that two use on one host, one of them a tunnel of a group: that is said of its range. */
    static boolean says(InventoryRun run, Fabric fabric, Refusal refusal) {
        if (!refusal.attribute().equals("port") || run.declarations().groups().isEmpty()) return false;
        Place at = refusal.diagnostic().at();
        boolean ofGroup = fabric.tunnels().stream()
                .filter(tunnel -> tunnel.group() != null)
                .flatMap(tunnel -> tunnel.ends().stream())
                .anyMatch(end -> end.at().equals(at));
        return ofGroup
                || used(fabric).values().stream()
                        .flatMap(List::stream)
                        .filter(one -> one.at().equals(at))
                        .anyMatch(one -> run.declarations().groups().stream()
                                .anyMatch(group -> group.usesPort(one.host(), one.port())));
    }

    /** A port that a tunnel of its own, or a hub, has on a host; in the order of the inventory. */
    private record Used(int order, String host, int port, Place at) {}

    private static Map<String, List<Used>> used(Fabric fabric) {
        List<Used> all = new ArrayList<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            if (tunnel.group() != null) continue;
            for (Tunnel.End end : tunnel.ends()) all.add(new Used(all.size(), end.host(), end.port(), end.at()));
        }
        for (Hub hub : fabric.hubs()) {
            for (Host host : fabric.hostsOf(hub.on())) {
                all.add(new Used(all.size(), host.name(), hub.port(), hub.at()));
            }
        }
        return all.stream().collect(Collectors.groupingBy(Used::host));
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
