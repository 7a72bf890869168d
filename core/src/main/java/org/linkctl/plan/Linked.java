package org.linkctl.plan;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Tunnel;

/** Whose configuration depends on hosts: what has to change with them when they are new. */
public final class Linked {
    private Linked() {}

    /**
     * The hosts, in the inventory's order, that tunnels and hubs join with these, the other host of a pair that has one of
     * them, and those that reach far LANs through any of all these ({@code gateway:}).
     */
    public static List<Host> to(Fabric fabric, Collection<Host> hosts) {
        Set<String> given = new LinkedHashSet<>();
        hosts.forEach(host -> given.add(host.name()));
        Set<String> reached = new LinkedHashSet<>(given);
        for (Host host : hosts) {
            for (Tunnel tunnel : fabric.tunnels(host))
                reached.add(tunnel.farFrom(host.name()).host());
            for (Hub hub : fabric.hubs(host)) {
                boolean called = fabric.isHub(hub, host);
                for (Host member : fabric.members(hub)) {
                    if (called || fabric.isHub(hub, member)) reached.add(member.name());
                }
            }
        }
        for (Pair pair : fabric.pairs())
            if (pair.hosts().stream().anyMatch(reached::contains)) reached.addAll(pair.hosts());
        return fabric.hosts().stream()
                .filter(host -> !given.contains(host.name()))
                .filter(host ->
                        reached.contains(host.name()) || (host.gateway() != null && reached.contains(host.gateway())))
                .toList();
    }
}
