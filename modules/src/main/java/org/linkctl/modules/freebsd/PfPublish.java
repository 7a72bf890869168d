package org.linkctl.modules.freebsd;

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
 * What is published of one address family: connections to some addresses go to those of a table, which the watcher keeps
 * ({@link PublishScript}). A table changes without a rule being loaded, so no connection is touched (pfctl(8), -T).
 *
 * @param addresses that are called, by the interface that has them
 * @param targets the spokes, the most wanted first
 */
record PfPublish(Publish publish, boolean v6, Map<Ip, String> addresses, List<Publish.Target> targets) {
    static List<PfPublish> of(Fabric fabric, Host host) {
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
    static List<String> place(Fabric fabric, Host host) {
        return fabric.ruleset(host) == Firewall.Ruleset.MAIN ? List.of() : List.of("-a", PfAnchor.NAME);
    }

    String table() {
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
    List<String> nat() {
        List<String> out = new ArrayList<>();
        for (Hub hub : hubs()) {
            Ip own = hub.addresses().stream()
                    .filter(address -> address.isV6() == v6)
                    .map(Cidr::address)
                    .findFirst()
                    .orElseThrow();
            for (String what : protos()) {
                out.add("nat on " + PfWords.name(hub.name()) + family() + what.replace("%", "any to " + to()) + " -> "
                        + own);
            }
        }
        return out;
    }

    List<String> rdr() {
        List<String> out = new ArrayList<>();
        addresses.forEach((address, device) -> {
            for (String what : protos()) {
                out.add("rdr pass on " + PfWords.name(device) + family() + what.replace("%", "any to " + address)
                        + " -> " + to() + " round-robin");
            }
        });
        return out;
    }

    /** What lets it out to the spokes, for rules among which nothing else does. */
    List<String> pass() {
        List<String> out = new ArrayList<>();
        for (Hub hub : hubs()) {
            for (String what : protos()) {
                out.add("pass out on " + PfWords.name(hub.name()) + family() + what.replace("%", "any to " + to()));
            }
        }
        return out;
    }

    private String to() {
        return PfWords.table(table());
    }

    private String family() {
        return v6 ? " inet6" : " inet";
    }

    /** With % for who is spoken of. */
    private List<String> protos() {
        List<String> out = new ArrayList<>();
        if (!publish.tcp().isEmpty()) out.add(" proto tcp from % port " + ports(publish.tcp()));
        if (!publish.udp().isEmpty()) out.add(" proto udp from % port " + ports(publish.udp()));
        return out;
    }

    private static String ports(List<Integer> ports) {
        return PfWords.list(ports.stream().map(String::valueOf).toList());
    }

    /** How a target is asked: by the first TCP port, or by ping where there is none. */
    String check(Publish.Target target) {
        return (publish.tcp().isEmpty() ? PublishScript.PING : publish.tcp().getFirst()) + "@" + target.address();
    }

    List<String> checks() {
        return targets.stream().map(this::check).toList();
    }
}
