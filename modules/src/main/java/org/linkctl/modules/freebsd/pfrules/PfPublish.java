package org.linkctl.modules.freebsd.pfrules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Publish;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * What is published of one address family: connections to some addresses go to those of a table, which the watcher keeps
 * (freebsd.publish). A table changes without a rule being loaded, so no connection is touched (pfctl(8), -T).
 *
 * @param addresses that are called, by the interface that has them
 * @param targets the spokes, the most wanted first
 */
public record PfPublish(Publish publish, boolean v6, Map<Ip, String> addresses, List<Publish.Target> targets) {
    /** Asks a target by ping where there is no TCP port. */
    public static final String PING = "ping";

    public static List<PfPublish> of(Fabric fabric, Host host) {
        List<PfPublish> out = new ArrayList<>();
        for (Publish publish : fabric.publishes(host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                Map<Ip, String> addresses = new LinkedHashMap<>();
                for (Ip address : publish.addresses()) {
                    if (address.isV6() != v6) continue;
                    addresses.put(address, fabric.holder(host, address).orElseThrow());
                }
                if (addresses.isEmpty()) continue;
                out.add(new PfPublish(publish, v6, addresses, fabric.targets(publish, v6)));
            }
        }
        return out;
    }

    /** The words by which pfctl(8) is told where the tables are; none where they are beside the main ruleset. */
    public static List<String> place(Fabric fabric, Host host) {
        return fabric.ruleset(host) == Firewall.Ruleset.MAIN ? List.of() : List.of("-a", PfWords.ANCHOR);
    }

    public String table() {
        return "linkctl_" + publish.name() + (v6 ? "_inet6" : "_inet");
    }

    /** Without addresses in its definition it keeps those that it has when the rules are loaded again. */
    String definition() {
        return "table " + PfWords.table(table()) + " persist";
    }

    private Set<Hub> hubs() {
        Set<Hub> out = new LinkedHashSet<>();
        targets.forEach(target -> out.add(target.hub()));
        return out;
    }

    /** Answers come back by the hub, whose address is all that the spoke sees. */
    List<Translation> nat() {
        List<Translation> out = new ArrayList<>();
        for (Hub hub : hubs()) {
            String own = hub.addresses().stream()
                    .filter(address -> address.isV6() == v6)
                    .map(Cidr::address)
                    .findFirst()
                    .orElseThrow()
                    .text();
            List<Ip> spokes = targets.stream()
                    .filter(target -> target.hub().equals(hub))
                    .map(Publish.Target::address)
                    .toList();
            for (Firewall.Proto proto : protos()) {
                out.add(new Translation(
                        false, hub.name(), v6, proto, List.of(), to(), spokes, ports(proto), true, own, null));
            }
        }
        return out;
    }

    /** @param tag that the packets get; null: none */
    List<Translation> rdr(@Nullable String tag) {
        List<Translation> out = new ArrayList<>();
        addresses.forEach((address, device) -> {
            for (Firewall.Proto proto : protos()) {
                out.add(new Translation(
                        true,
                        device,
                        v6,
                        proto,
                        List.of(),
                        address.text(),
                        List.of(address),
                        ports(proto),
                        true,
                        to() + " round-robin",
                        tag));
            }
        });
        return out;
    }

    /** What lets it out to the spokes, for rules among which nothing else does. */
    List<String> pass() {
        List<String> out = new ArrayList<>();
        for (Hub hub : hubs()) {
            for (Firewall.Proto proto : protos()) {
                String ports = PfWords.list(ports(proto).stream()
                        .map(port -> Integer.toString(port.from()))
                        .toList());
                out.add("pass out" + PfRule.on(hub.name()) + PfRule.family(v6) + PfRule.proto(proto) + " from any to "
                        + to() + " port " + ports);
            }
        }
        return out;
    }

    private String to() {
        return PfWords.table(table());
    }

    private List<Firewall.Proto> protos() {
        List<Firewall.Proto> out = new ArrayList<>();
        if (!publish.tcp().isEmpty()) out.add(Firewall.Proto.TCP);
        if (!publish.udp().isEmpty()) out.add(Firewall.Proto.UDP);
        return out;
    }

    private List<Firewall.Ports> ports(Firewall.Proto proto) {
        List<Integer> ports = proto == Firewall.Proto.TCP ? publish.tcp() : publish.udp();
        return ports.stream().map(port -> new Firewall.Ports(port, port)).toList();
    }

    /** How a target is asked: by the first TCP port, or by ping where there is none. */
    public String check(Publish.Target target) {
        return (publish.tcp().isEmpty() ? PING : publish.tcp().getFirst()) + "@" + target.address();
    }

    public List<String> checks() {
        return targets.stream().map(this::check).toList();
    }
}
