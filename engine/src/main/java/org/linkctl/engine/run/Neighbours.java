package org.linkctl.engine.run;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Pair;
import org.linkctl.model.Tunnel;

/** The hosts that a host shares links with, and that its own configuration depends on. */
record Neighbours(Fabric fabric) {
    /** The far ends of its tunnels, the hub that it calls or the spokes that call it, and the other host of its pair. */
    Set<Host> of(Host host) {
        Set<Host> out = new LinkedHashSet<>();
        for (Tunnel tunnel : fabric.tunnels(host)) {
            Optional<Host> far = fabric.host(tunnel.farFrom(host.name()).host());
            far.ifPresent(out::add);
        }
        for (Hub hub : fabric.hubs(host)) {
            boolean called = fabric.isHub(hub, host);
            for (Host member : fabric.members(hub)) {
                if (called || fabric.isHub(hub, member)) out.add(member);
            }
        }
        for (Pair pair : fabric.pairs()) {
            if (!pair.hosts().contains(host.name())) continue;
            for (String name : pair.hosts()) fabric.host(name).ifPresent(out::add);
        }
        out.remove(host);
        return out;
    }
}
