package org.linkctl.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.linkctl.net.Cidr;
import org.linkctl.net.IpSet;

/** The packets that each rule of a firewall is for. Tables may be large: each is looked at once. */
public final class RulePackets {
    private final Firewall firewall;
    private final Map<String, IpSet> tables = new HashMap<>();
    private final Map<Boolean, List<Packets>> packets = new HashMap<>();

    public RulePackets(Firewall firewall) {
        this.firewall = firewall;
    }

    public List<Firewall.Rule> rules() {
        return firewall.rules();
    }

    /** Those of one address family; none where a rule is for the other one alone. */
    public Packets of(int rule, boolean v6) {
        return packets.computeIfAbsent(v6, this::all).get(rule);
    }

    private List<Packets> all(boolean v6) {
        List<Packets> out = new ArrayList<>();
        for (Firewall.Rule rule : firewall.rules()) {
            boolean inbound = rule.outbound() == null;
            out.add(new Packets(
                    inbound,
                    inbound ? rule.inbound() : rule.outbound(),
                    rule.proto(),
                    peers(rule.from(), v6),
                    peers(rule.to(), v6),
                    rule.ports()));
        }
        return out;
    }

    /** What prefixes and tables hold; nothing said is everything. */
    private IpSet peers(List<Firewall.Peer> peers, boolean v6) {
        if (peers.isEmpty()) return IpSet.any(v6);
        List<Cidr> prefixes = new ArrayList<>();
        for (Firewall.Peer peer : peers) {
            switch (peer) {
                case Firewall.Peer.Net(Cidr prefix) -> prefixes.add(prefix);
                case Firewall.Peer.Of(String name) ->
                    prefixes.addAll(table(name, v6).prefixes());
            }
        }
        return IpSet.of(prefixes, v6);
    }

    private IpSet table(String name, boolean v6) {
        return tables.computeIfAbsent(name + " " + v6, _ -> {
            List<Cidr> held = firewall.tables().stream()
                    .filter(table -> table.name().equals(name))
                    .flatMap(table -> table.addresses().stream())
                    .toList();
            return IpSet.of(held, v6);
        });
    }
}
