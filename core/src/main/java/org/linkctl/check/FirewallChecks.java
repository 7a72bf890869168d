package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Firewalls, held against the hosts that shall have them. */
final class FirewallChecks {
    private final Refusals refusals;

    FirewallChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, Place> seen = new HashMap<>();
        for (Firewall firewall : fabric.all(Firewall.class)) {
            for (Host host : fabric.hostsOf(firewall.on())) {
                Place first = seen.putIfAbsent(host.name(), firewall.at());
                if (first != null) {
                    String summary = "a second firewall of " + Names.shown(host.name());
                    refusals.conflict(firewall.at(), "", "", summary, "the other is at " + first);
                }
            }
            refusals.interfaceOf(fabric, firewall.on(), firewall.at(), "log", firewall.log());
            for (Firewall.Rule rule : firewall.rules()) rule(fabric, firewall, rule);
            for (Firewall.Nat nat : firewall.nats()) {
                refusals.interfaceOf(fabric, firewall.on(), nat.at(), "outbound", nat.outbound());
                nat(nat);
            }
            for (Firewall.Redirect redirect : firewall.redirects()) redirect(fabric, firewall, redirect);
        }
    }

    private void rule(Fabric fabric, Firewall firewall, Firewall.Rule rule) {
        refusals.interfaceOf(fabric, firewall.on(), rule.at(), "inbound", rule.inbound());
        refusals.interfaceOf(fabric, firewall.on(), rule.at(), "outbound", rule.outbound());
        if (rule.inbound() != null && rule.outbound() != null) {
            refusals.conflict(
                    rule.at(),
                    "outbound",
                    rule.outbound(),
                    "a rule is for packets that come in or for packets that go out",
                    "write two rules");
        }
        if (rule.ports() != null && (rule.proto() == null || rule.proto() == Firewall.Proto.ICMP)) {
            refusals.conflict(
                    rule.at(), "port", "", "a rule with a port needs proto: TCP or proto: UDP", "others have no ports");
        }
        peers(firewall, rule, "from", rule.from());
        peers(firewall, rule, "to", rule.to());
        if (!families(rule.from(), rule.to())) {
            refusals.conflict(
                    rule.at(), "to", "", "from: and to: have no address family in common", "no packet is of both");
        }
    }

    private void peers(Firewall firewall, Firewall.Rule rule, String attribute, List<Firewall.Peer> peers) {
        List<String> known =
                firewall.tables().stream().map(Firewall.Table::name).toList();
        for (Firewall.Peer peer : peers) {
            if (peer instanceof Firewall.Peer.Of(String table) && !known.contains(table)) {
                refusals.unknown(rule.at(), attribute, "table", table, known);
            }
        }
    }

    private static boolean families(List<Firewall.Peer> from, List<Firewall.Peer> to) {
        return Stream.of(false, true).anyMatch(v6 -> has(from, v6) && has(to, v6));
    }

    private static boolean has(List<Firewall.Peer> peers, boolean v6) {
        return peers.isEmpty()
                || peers.stream()
                        .anyMatch(peer -> !(peer instanceof Firewall.Peer.Net(Cidr prefix)) || prefix.isV6() == v6);
    }

    private void nat(Firewall.Nat nat) {
        Ip address = nat.address();
        for (Cidr prefix : nat.from()) {
            if (address == null || prefix.isV6() == address.isV6()) continue;
            String summary = "from: '" + prefix + "' and address: '" + address + "' are of two families";
            refusals.conflict(nat.at(), "from", prefix.toString(), summary, "");
        }
    }

    private void redirect(Fabric fabric, Firewall firewall, Firewall.Redirect redirect) {
        refusals.interfaceOf(fabric, firewall.on(), redirect.at(), "inbound", redirect.inbound());
        Ip address = redirect.address();
        if (address != null && address.isV6() != redirect.to().isV6()) {
            String summary = "to: '" + redirect.to() + "' and address: '" + address + "' are of two families";
            refusals.conflict(redirect.at(), "to", redirect.to().text(), summary, "");
        }
    }
}
