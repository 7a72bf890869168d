package org.linkctl.modules.routes;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** One prefix and the neighbour it goes through. */
public record StaticRoute(Cidr prefix, Ip via) {
    /** The far sites' LANs by the gateway of a host's site; none where the host has no gateway. */
    public static List<StaticRoute> byGateway(Fabric fabric, Host host) {
        String name = host.gateway();
        if (name == null) return List.of();
        Host gateway = fabric.host(name).orElseThrow();
        List<StaticRoute> out = new ArrayList<>();
        for (Cidr prefix : fabric.farLans(gateway)) {
            fabric.lanAddress(gateway, prefix.isV6()).ifPresent(via -> out.add(new StaticRoute(prefix, via)));
        }
        return out;
    }
}
