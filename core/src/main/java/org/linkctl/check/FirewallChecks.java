package org.linkctl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Firewalls and what is spread over next hops, held against the hosts that shall do it. */
final class FirewallChecks {
    private final Refusals refusals;

    FirewallChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        Map<String, Place> seen = new HashMap<>();
        for (Firewall firewall : fabric.firewalls()) {
            for (Host host : fabric.hostsOf(firewall.on())) {
                Place first = seen.putIfAbsent(host.name(), firewall.at());
                if (first != null) {
                    String summary = "a second firewall of " + Names.shown(host.name());
                    refusals.conflict(firewall.at(), "", "", summary, "the other is at " + first);
                }
            }
            tables(firewall);
            for (Firewall.Rule rule : firewall.rules()) rule(fabric, firewall, rule);
            for (Firewall.Nat nat : firewall.nats()) {
                device(fabric, firewall.on(), nat.at(), "outbound", nat.outbound());
                nat(nat);
            }
            for (Firewall.Redirect redirect : firewall.redirects()) redirect(fabric, firewall, redirect);
        }
        for (Balance balance : fabric.balances()) balance(fabric, balance);
    }

    private void tables(Firewall firewall) {
        Map<String, Place> seen = new HashMap<>();
        for (Firewall.Table table : firewall.tables()) {
            Place first = seen.putIfAbsent(table.name(), table.at());
            if (first == null) continue;
            refusals.conflict(
                    table.at(),
                    "name",
                    table.name(),
                    "a table named '" + Names.shown(table.name()) + "' is declared twice",
                    "also declared at " + first);
        }
    }

    private void rule(Fabric fabric, Firewall firewall, Firewall.Rule rule) {
        device(fabric, firewall.on(), rule.at(), "inbound", rule.inbound());
        device(fabric, firewall.on(), rule.at(), "outbound", rule.outbound());
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
        device(fabric, firewall.on(), redirect.at(), "inbound", redirect.inbound());
        Ip address = redirect.address();
        if (address != null && address.isV6() != redirect.to().isV6()) {
            String summary = "to: '" + redirect.to() + "' and address: '" + address + "' are of two families";
            refusals.conflict(redirect.at(), "to", redirect.to().text(), summary, "");
        }
    }

    private void balance(Fabric fabric, Balance balance) {
        List<Host> hosts = fabric.hostsOf(balance.on());
        if (hosts.isEmpty()) {
            List<String> known = Stream.concat(
                            fabric.pairs().stream().map(Pair::name),
                            fabric.hosts().stream().map(Host::name))
                    .toList();
            refusals.unknown(balance.at(), "on", "pair or host", balance.on(), known);
        }
        ruleset(fabric, balance, hosts);
        device(fabric, balance.on(), balance.at(), "inbound", balance.inbound());
        for (Host host : hosts) {
            for (Ip hop : balance.over()) hop(fabric, balance, host, hop);
            for (Cidr prefix : balance.to()) own(fabric, balance, host, prefix);
        }
    }

    /** Anywhere is anywhere else; of another prefix the host's own addresses are a part like any other. */
    private void own(Fabric fabric, Balance balance, Host host, Cidr prefix) {
        boolean anywhere = balance.to().stream().anyMatch(one -> one.isV6() == prefix.isV6() && one.length() == 0);
        if (anywhere) return;
        Stream.concat(
                        fabric.addresses(host).stream(),
                        fabric.vips(host).stream().flatMap(vip -> vip.addresses().stream()))
                .map(Cidr::address)
                .filter(prefix::contains)
                .findFirst()
                .ifPresent(own -> refusals.doubt(
                        balance.at(),
                        "to",
                        prefix.toString(),
                        "to: '" + prefix + "' holds " + own + ", an address of " + Names.shown(host.name()),
                        "what is sent there goes to a next hop as well, and does not reach the host"));
    }

    /** The rules of a host are linkctl's or somebody else's, whatever they are for. */
    private void ruleset(Fabric fabric, Balance balance, List<Host> hosts) {
        Firewall.Ruleset asked = balance.ruleset();
        for (Host host : hosts) {
            Firewall.Ruleset other = fabric.ruleset(host);
            if (asked == null || asked == other) continue;
            Place first = fabric.firewall(host)
                    .map(Firewall::at)
                    .orElseGet(() -> fabric.balances(host).getFirst().at());
            String summary = "ruleset: " + asked + " for balance '" + Names.shown(balance.name()) + "', and " + other
                    + " for " + Names.shown(host.name());
            refusals.conflict(balance.at(), "ruleset", asked.name(), summary, "the other is at " + first);
            return;
        }
    }

    /** A next hop is somebody else on a network that the host is on. */
    private void hop(Fabric fabric, Balance balance, Host host, Ip hop) {
        Optional<String> device = fabric.deviceTowards(host, hop);
        boolean own =
                fabric.addresses(host).stream().anyMatch(one -> one.address().equals(hop))
                        || fabric.vips(host).stream()
                                .flatMap(vip -> vip.addresses().stream())
                                .anyMatch(one -> one.address().equals(hop));
        if (own) {
            String summary = "over: '" + hop + "' is an address of " + Names.shown(host.name()) + " itself";
            refusals.conflict(balance.at(), "over", hop.text(), summary, "a next hop is another host");
        } else if (device.isEmpty()) {
            refusals.conflict(
                    balance.at(),
                    "over",
                    hop.text(),
                    "over: '" + hop + "' is on no network of " + Names.shown(host.name()),
                    "it has "
                            + String.join(
                                    ", ",
                                    fabric.addresses(host).stream()
                                            .map(Cidr::toString)
                                            .toList()));
        }
    }

    private void device(Fabric fabric, String on, Place at, String attribute, @Nullable String device) {
        if (device == null) return;
        for (Host host : fabric.hostsOf(on)) {
            List<String> known = fabric.interfaces(host);
            if (known.contains(device)) continue;
            refusals.unknown(at, attribute, "interface of " + Names.shown(host.name()), device, known);
            return;
        }
    }
}
