package org.linkctl.modules.publishing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What is published of one address family.
 *
 * @param addresses that are called, by the interface that has them
 * @param targets the spokes, the most wanted first
 */
public record PublishedService(Publish publish, boolean v6, Map<Ip, String> addresses, List<Publish.Target> targets) {
    /** Asks a target by ping where there is no TCP port. */
    public static final String PING = "ping";

    public static List<PublishedService> of(Fabric fabric, Host host) {
        List<PublishedService> out = new ArrayList<>();
        for (Publish publish : fabric.publishes(host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                Map<Ip, String> addresses = new LinkedHashMap<>();
                for (Ip address : publish.addresses()) {
                    if (address.isV6() != v6) continue;
                    addresses.put(address, fabric.holder(host, address).orElseThrow());
                }
                if (addresses.isEmpty()) continue;
                out.add(new PublishedService(publish, v6, addresses, fabric.targets(publish, v6)));
            }
        }
        return out;
    }

    /** For messages. */
    public String subject() {
        return "publish " + publish.name() + (v6 ? " IPv6" : " IPv4");
    }

    /** Those whose spokes are targets, each once. */
    public Set<Hub> hubs() {
        Set<Hub> out = new LinkedHashSet<>();
        targets.forEach(target -> out.add(target.hub()));
        return out;
    }

    /** The hub's own address, the source of what the spokes see. */
    public Ip sourceOn(Hub hub) {
        return hub.addresses().stream()
                .filter(address -> address.isV6() == v6)
                .map(Cidr::address)
                .findFirst()
                .orElseThrow();
    }

    public List<Firewall.Proto> protos() {
        List<Firewall.Proto> out = new ArrayList<>();
        if (!publish.tcp().isEmpty()) out.add(Firewall.Proto.TCP);
        if (!publish.udp().isEmpty()) out.add(Firewall.Proto.UDP);
        return out;
    }

    public List<Integer> ports(Firewall.Proto proto) {
        return proto == Firewall.Proto.TCP ? publish.tcp() : publish.udp();
    }

    /** How a target is asked: {@code PORT@ADDRESS} for the first TCP port, or {@link #PING} where there is none. */
    public String check(Publish.Target target) {
        return (publish.tcp().isEmpty() ? PING : publish.tcp().getFirst()) + "@" + target.address();
    }

    public List<String> checks() {
        return targets.stream().map(this::check).toList();
    }

    /** The checks of all, each once: two may have one target. */
    public static List<String> checks(List<PublishedService> published) {
        return published.stream()
                .flatMap(one -> one.checks().stream())
                .distinct()
                .toList();
    }
}
