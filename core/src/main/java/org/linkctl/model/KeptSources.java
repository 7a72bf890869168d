package org.linkctl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.linkctl.model.Firewall.Ports;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What a spoke is asked over its hub by whoever calls, with the callers' own addresses ({@link Publish#masquerade} is
 * false). The hub alone knows which address they called, so that all answers have to go back over it.
 *
 * @param address the spoke's own on the hub, which the hub sends them to; of one family
 * @param from what else the spoke takes from the hub: the hub's net, and LANs behind it
 * @param publishes those that lead here
 */
public record KeptSources(Hub hub, Ip address, List<Cidr> from, List<Publish> publishes) {
    public KeptSources {
        from = List.copyOf(from);
        publishes = List.copyOf(publishes);
    }

    /** Those of a spoke, one for each of its hubs and address families. */
    public static List<KeptSources> of(Fabric fabric, Host host) {
        List<KeptSources> out = new ArrayList<>();
        for (Hub hub : fabric.hubs(host)) {
            if (fabric.isHub(hub, host)) continue;
            for (boolean v6 : new boolean[] {false, true}) of(out, fabric, host, hub, v6);
        }
        return List.copyOf(out);
    }

    private static void of(List<KeptSources> out, Fabric fabric, Host host, Hub hub, boolean v6) {
        Ip address =
                fabric.spoke(hub, host.name()).map(spoke -> spoke.address(v6)).orElse(null);
        if (address == null) return;
        List<Publish> publishes = fabric.all(Publish.class).stream()
                .filter(publish -> !publish.masquerade() && calls(publish, v6))
                .filter(publish -> fabric.targets(publish, v6).stream()
                        .anyMatch(target -> target.host().equals(host.name())
                                && target.hub().equals(hub)))
                .toList();
        if (!publishes.isEmpty()) out.add(new KeptSources(hub, address, from(fabric, host, hub, v6), publishes));
    }

    private static boolean calls(Publish publish, boolean v6) {
        return publish.addresses().stream().anyMatch(address -> address.isV6() == v6);
    }

    private static List<Cidr> from(Fabric fabric, Host host, Hub hub, boolean v6) {
        Stream<Cidr> lans = HubLans.all(fabric, host).stream()
                .filter(one -> one.hub().equals(hub))
                .flatMap(one -> one.farLans().stream());
        return Stream.concat(hub.networks().stream(), lans)
                .filter(prefix -> prefix.isV6() == v6)
                .distinct()
                .toList();
    }

    public boolean v6() {
        return address.isV6();
    }

    public List<Ports> ports(Proto proto) {
        return Ports.union(publishes.stream()
                .flatMap(publish -> publish.ports(proto).stream())
                .toList());
    }
}
