package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.Pair;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** What is spread over next hops, held against the hosts that shall do it. */
final class BalanceChecks {
    private final Refusals refusals;

    BalanceChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        for (Balance balance : fabric.all(Balance.class)) balance(fabric, balance);
    }

    private void balance(Fabric fabric, Balance balance) {
        List<Host> hosts = fabric.hostsOf(balance.on());
        if (hosts.isEmpty()) {
            List<String> known = Stream.concat(
                            fabric.pairs().stream().map(Pair::name),
                            fabric.hosts().stream().map(Host::name))
                    .toList();
            boolean other = new OtherKind(refusals, fabric)
                    .refuses(balance.at(), "on", balance.on(), "pair or host", "it is balanced on one of these");
            if (!other) refusals.unknown(balance.at(), "on", "pair or host", balance.on(), known);
        }
        ruleset(fabric, balance, hosts);
        refusals.interfaceOf(fabric, balance.on(), balance.at(), "inbound", balance.inbound());
        for (Host host : hosts) {
            for (Ip hop : balance.over()) hop(fabric, balance, host, hop);
            for (Cidr prefix : balance.to()) own(fabric, balance, host, prefix);
        }
    }

    /** A prefix that is a network of the host is nowhere else: its hosts are reached on the link. */
    private void own(Fabric fabric, Balance balance, Host host, Cidr prefix) {
        List<Cidr> held = HostAddresses.all(fabric, host);
        String quoted = "to: '" + prefix + "' is ";
        if (held.stream().anyMatch(own -> own.network().equals(prefix) && prefix.length() < bits(prefix))) {
            refusals.conflict(
                    balance.at(),
                    "to",
                    prefix.toString(),
                    quoted + "a network of " + Names.shown(host.name()) + " itself",
                    "it has no part that is reached by a next hop");
        } else if (held.stream().anyMatch(own -> prefix.equals(Cidr.host(own.address())))) {
            refusals.conflict(
                    balance.at(),
                    "to",
                    prefix.toString(),
                    quoted + "an address of " + Names.shown(host.name()) + " itself",
                    "what is sent there is for the host");
        }
    }

    private static int bits(Cidr prefix) {
        return prefix.isV6() ? 128 : 32;
    }

    /** The rules of a host are linkctl's or somebody else's, whatever they are for. */
    private void ruleset(Fabric fabric, Balance balance, List<Host> hosts) {
        Firewall.Ruleset asked = balance.ruleset();
        for (Host host : hosts) {
            Firewall.Ruleset other = fabric.ruleset(host);
            if (asked == null || asked == other) continue;
            Place first = fabric.one(Firewall.class, host)
                    .map(Firewall::at)
                    .orElseGet(() -> fabric.of(Balance.class, host).getFirst().at());
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
                        || fabric.of(Vip.class, host).stream()
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
}
