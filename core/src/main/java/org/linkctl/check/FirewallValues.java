package org.linkctl.check;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.diag.Suggest;
import org.linkctl.model.Balance;
import org.linkctl.model.Firewall;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Values of a firewall, and of what is spread over next hops, that are wrong whatever stands elsewhere. */
final class FirewallValues {
    /** PF_TABLE_NAME_SIZE is 32 with the final NUL (net/pfvar.h); nftables takes as much. */
    private static final Pattern TABLE = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,30}");

    /** A weight is made by naming a next hop so often; more than that makes rules that nobody can read. */
    private static final int LARGEST_WEIGHT = 16;

    /** pf.conf(5), set limit: the kernel reads an unsigned number; two thousand millions are plenty. */
    private static final int LARGEST_LIMIT = Integer.MAX_VALUE;

    private static final int LARGEST_PORT = 65_535;

    private static final String RESERVED = "linkctl_";

    private final Refusals refusals;

    FirewallValues(Refusals refusals) {
        this.refusals = refusals;
    }

    void firewall(Firewall firewall) {
        for (String skipped : firewall.skip()) refusals.device(firewall.at(), "skip", skipped);
        firewall.limits().forEach((name, value) -> limit(firewall, name, value));
        for (Firewall.Table table : firewall.tables()) table(table);
        for (Firewall.Rule rule : firewall.rules()) rule(rule);
        for (Firewall.Nat nat : firewall.nats()) nat(nat);
        for (Firewall.Redirect redirect : firewall.redirects()) redirect(redirect);
    }

    private void table(Firewall.Table table) {
        for (Cidr prefix : table.addresses()) refusals.mapped(table.at(), "addresses", prefix);
        boolean ours = table.name().startsWith(RESERVED);
        if (TABLE.matcher(table.name()).matches() && !ours) return;
        refusals.value(
                table.at(),
                "name",
                table.name(),
                "'" + Names.shown(table.name()) + "' is no name for a table",
                ours
                        ? "linkctl's own tables are named " + RESERVED + "…"
                        : "letters, digits, '_' and '-', the first a letter, 31 characters at most");
    }

    private void nat(Firewall.Nat nat) {
        refusals.device(nat.at(), "outbound", nat.outbound());
        for (Cidr prefix : nat.from()) refusals.mapped(nat.at(), "from", prefix);
        if (nat.from().isEmpty()) {
            refusals.value(nat.at(), "from", "", "this nat is for nobody", "from: the sources that it is for");
        }
        usable(nat.at(), "address", nat.address());
    }

    /** An address that a host can have. */
    private void usable(Place at, String attribute, @Nullable Ip address) {
        if (address == null || refusals.mapped(at, attribute, address)) return;
        String special = Bits.special(address);
        if (special == null) return;
        String summary = attribute + ": '" + address + "' is " + special + " address";
        refusals.value(at, attribute, address.text(), summary, "");
    }

    private void peers(Place at, String attribute, List<Firewall.Peer> peers) {
        for (Firewall.Peer peer : peers) {
            if (peer instanceof Firewall.Peer.Net(Cidr prefix)) refusals.mapped(at, attribute, prefix);
        }
    }

    private void limit(Firewall firewall, String name, int value) {
        List<String> known =
                Arrays.stream(Firewall.Limit.values()).map(Firewall.Limit::word).toList();
        if (known.contains(name)) {
            refusals.range(firewall.at(), "limits", value, 1, LARGEST_LIMIT, "for " + name);
            return;
        }
        refusals.value(
                firewall.at(),
                "limits",
                name,
                "limits: there is no limit '" + Names.shown(name) + "'",
                "known: " + String.join(", ", known),
                Suggest.closest(name, known).orElse(null));
    }

    private void rule(Firewall.Rule rule) {
        if (rule.inbound() != null) refusals.device(rule.at(), "inbound", rule.inbound());
        if (rule.outbound() != null) refusals.device(rule.at(), "outbound", rule.outbound());
        ports(rule.at(), rule.ports());
        peers(rule.at(), "from", rule.from());
        peers(rule.at(), "to", rule.to());
    }

    private void ports(Place at, Firewall.@Nullable Ports ports) {
        if (ports == null) return;
        if (ports.from() < 1 || ports.to() > LARGEST_PORT || ports.from() > ports.to()) {
            String attribute = ports.from() == ports.to() ? "port" : "ports";
            refusals.value(
                    at,
                    attribute,
                    ports.written(),
                    attribute + ": " + ports.written() + " is out of range",
                    "upwards, within 1.." + LARGEST_PORT);
        }
    }

    private void redirect(Firewall.Redirect redirect) {
        refusals.device(redirect.at(), "inbound", redirect.inbound());
        ports(redirect.at(), redirect.ports());
        usable(redirect.at(), "address", redirect.address());
        if (!Bits.isLoopback(redirect.to())) usable(redirect.at(), "to", redirect.to());
        Integer toPort = redirect.toPort();
        if (toPort != null) refusals.range(redirect.at(), "toPort", toPort, 1, LARGEST_PORT, "");
        if (redirect.proto() == Firewall.Proto.ICMP) {
            refusals.value(redirect.at(), "proto", "", "proto: ICMP has no ports", "TCP and UDP have");
        }
    }

    void balance(Balance balance) {
        refusals.device(balance.at(), "inbound", balance.inbound());
        if (balance.over().isEmpty()) {
            refusals.value(
                    balance.at(), "over", "", "balance '" + Names.shown(balance.name()) + "' has no next hops", "");
        }
        prefixes(balance, "from", balance.from());
        prefixes(balance, "to", balance.to());
        for (Ip hop : balance.over()) usable(balance.at(), "over", hop);
        String hops = balance.over().stream().map(Ip::text).collect(Collectors.joining(", "));
        balance.weights().forEach((hop, weight) -> {
            boolean known = balance.over().stream().anyMatch(one -> one.text().equals(hop));
            if (!known) {
                String summary = "weights: '" + Names.shown(hop) + "' is none of the next hops";
                refusals.value(balance.at(), "weights", hop, summary, "over: " + hops);
            } else if (weight < 1 || weight > LARGEST_WEIGHT) {
                String summary = "weights: " + hop + " has " + weight;
                refusals.value(balance.at(), "weights", hop, summary, "from 1 to " + LARGEST_WEIGHT);
            }
        });
    }

    /** A next hop of one family is none for packets of the other, and none for what no router passes on. */
    private void prefixes(Balance balance, String attribute, List<Cidr> prefixes) {
        for (Cidr prefix : prefixes) {
            if (refusals.mapped(balance.at(), attribute, prefix)) continue;
            String special = prefix.length() < 4 ? null : Bits.special(prefix.address());
            if (special != null || (prefix.length() >= 8 && Bits.isLinkLocal(prefix.address()))) {
                refusals.value(
                        balance.at(),
                        attribute,
                        prefix.toString(),
                        attribute + ": '" + prefix + "' is " + (special == null ? "a link-local" : special) + " prefix",
                        "no router passes that on");
                continue;
            }
            if (balance.over().isEmpty()) return;
            if (balance.over().stream().anyMatch(hop -> hop.isV6() == prefix.isV6())) continue;
            String family = prefix.isV6() ? "IPv6" : "IPv4";
            refusals.conflict(
                    balance.at(),
                    attribute,
                    prefix.toString(),
                    attribute + ": '" + prefix + "' is " + family + ", and no next hop is",
                    "");
        }
    }
}
