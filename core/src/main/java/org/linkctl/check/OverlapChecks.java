package org.linkctl.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.linkctl.diag.Place;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.model.Overlap;
import org.linkctl.model.Publish;
import org.linkctl.net.Cidr;
import org.linkctl.net.IpSet;
import org.linkctl.net.Relation;

/**
 * Balances, translations and redirects of one host that are for the same packets. One packet takes one of them: the
 * narrower one, wherever it stands; so of two that meet, one has to lie within the other.
 */
final class OverlapChecks {
    private static final List<Boolean> FAMILIES = List.of(false, true);

    private final Refusals refusals;

    OverlapChecks(Refusals refusals) {
        this.refusals = refusals;
    }

    void check(Fabric fabric) {
        balances(fabric);
        for (Firewall firewall : fabric.all(Firewall.class)) {
            List<Host> hosts = fabric.hostsOf(firewall.on());
            nats(firewall.nats());
            if (hosts.isEmpty()) continue;
            redirects(fabric, hosts, firewall.redirects());
            for (Firewall.Redirect redirect : firewall.redirects()) published(fabric, hosts, redirect);
        }
    }

    private void balances(Fabric fabric) {
        List<Balance> all = fabric.all(Balance.class);
        EarlierPrefixes before = new EarlierPrefixes();
        for (int i = 0; i < all.size(); i++) {
            Balance one = all.get(i);
            List<String> keys = fabric.hostsOf(one.on()).stream()
                    .map(host -> host.name() + " " + one.inbound())
                    .toList();
            List<Cidr> to = EarlierPrefixes.orAny(one.to());
            for (int j : before.meeting(keys, to)) {
                Balance other = all.get(j);
                boolean together = fabric.hostsOf(one.on()).stream().anyMatch(fabric.hostsOf(other.on())::contains);
                if (!together) continue;
                String named = "balance '" + Names.shown(one.name()) + "'";
                String first = "balance '" + Names.shown(other.name()) + "'";
                FAMILIES.stream()
                        .map(v6 -> Overlap.of(one, other, v6))
                        .filter(OverlapChecks::isRefused)
                        .findFirst()
                        .ifPresent(how -> refuse(one.at(), "to", named, first, other.at(), how));
            }
            before.add(i, keys, to);
        }
    }

    private void nats(List<Firewall.Nat> all) {
        EarlierPrefixes before = new EarlierPrefixes();
        for (int i = 0; i < all.size(); i++) {
            Firewall.Nat one = all.get(i);
            List<String> keys = List.of(one.outbound());
            for (int j : before.meeting(keys, one.from())) {
                Firewall.Nat other = all.get(j);
                FAMILIES.stream()
                        .map(v6 -> Overlap.of(one, other, v6))
                        .filter(OverlapChecks::isRefused)
                        .findFirst()
                        .ifPresent(how -> refuse(one.at(), "from", "this nat", "the nat", other.at(), how));
            }
            before.add(i, keys, one.from());
        }
    }

    private void redirects(Fabric fabric, List<Host> hosts, List<Firewall.Redirect> all) {
        EarlierPrefixes before = new EarlierPrefixes();
        for (int i = 0; i < all.size(); i++) {
            Firewall.Redirect one = all.get(i);
            List<Cidr> called = called(fabric, hosts, one);
            String kind = one.inbound() + " " + one.proto() + " " + one.to().isV6() + " ";
            boolean single = one.ports().from() == one.ports().to();
            String port = single ? kind + one.ports().from() : kind + "several";
            for (int j : before.meeting(single ? List.of(port, kind + "several") : List.of(kind), called)) {
                Firewall.Redirect other = all.get(j);
                Optional<Relation> refused = hosts.stream()
                        .map(host -> Overlap.of(fabric, host, one, other))
                        .filter(OverlapChecks::isRefused)
                        .findFirst();
                refused.ifPresent(
                        how -> refuse(one.at(), ports(one), "this redirect", "the redirect", other.at(), how));
            }
            before.add(i, List.of(kind, port), called);
        }
    }

    /** The addresses that a redirect is for on one of the hosts; all, where that is one of an interface's. */
    private static List<Cidr> called(Fabric fabric, List<Host> hosts, Firewall.Redirect redirect) {
        boolean own = redirect.address() == null;
        if (own
                && hosts.stream()
                        .allMatch(host ->
                                Overlap.addresses(fabric, host, redirect).isEmpty())) {
            return EarlierPrefixes.orAny(List.of());
        }
        return hosts.stream()
                .flatMap(host -> Overlap.addresses(fabric, host, redirect).prefixes().stream())
                .distinct()
                .toList();
    }

    private static boolean isRefused(Relation relation) {
        return relation == Relation.EQUAL || relation == Relation.CROSSING;
    }

    private void refuse(Place at, String attribute, String named, String first, Place other, Relation how) {
        boolean same = how == Relation.EQUAL;
        refusals.conflict(
                at,
                attribute,
                "",
                same
                        ? named + " is for the same packets as " + first + " at " + other
                        : named + " and " + first + " at " + other
                                + " have packets in common, and neither lies within the other",
                same
                        ? "a packet takes one of them"
                        : "of two that meet, the one that lies within the other counts; give what they share to one of"
                                + " them");
    }

    /** How an inventory names the ports of a redirect. */
    static String ports(Firewall.Redirect redirect) {
        return redirect.ports().from() == redirect.ports().to() ? "port" : "ports";
    }

    /** What is published has one address and one port, and so is narrower than any redirect; all of one must not be left out. */
    private void published(Fabric fabric, List<Host> hosts, Firewall.Redirect redirect) {
        boolean v6 = redirect.to().isV6();
        for (Host host : hosts) {
            IpSet called = Overlap.addresses(fabric, host, redirect);
            List<Publish> publishes = fabric.of(Publish.class, host);
            if (called.isEmpty() || publishes.isEmpty()) continue;
            boolean all = bounds(publishes, redirect)
                    .allMatch(port ->
                            IpSet.of(taken(fabric, host, redirect, port), v6).contains(called));
            if (!all) continue;
            String names = publishes.stream()
                    .map(Publish::at)
                    .map(Place::toString)
                    .reduce((a, b) -> a + ", " + b)
                    .orElse("");
            refusals.conflict(
                    redirect.at(),
                    ports(redirect),
                    "",
                    "all of what this redirect is for is published on " + Names.shown(host.name()),
                    "what is published counts before a redirect (publish at " + names + ")");
            return;
        }
    }

    /** The addresses at which a port is published, whichever interface has them: they are called through any. */
    private static List<Cidr> taken(Fabric fabric, Host host, Firewall.Redirect redirect, int port) {
        return fabric.of(Publish.class, host).stream()
                .filter(publish -> publish.ports(redirect.proto()).stream().anyMatch(ports -> ports.contains(port)))
                .flatMap(publish -> publish.addresses().stream())
                .map(Cidr::host)
                .toList();
    }

    /** The ports of a redirect from which on, upwards, something else is published than below. */
    private static IntStream bounds(List<Publish> publishes, Firewall.Redirect redirect) {
        IntStream changes = publishes.stream()
                .flatMap(publish -> publish.ports(redirect.proto()).stream())
                .flatMapToInt(ports -> IntStream.of(ports.from(), ports.to() + 1));
        return IntStream.concat(IntStream.of(redirect.ports().from()), changes)
                .filter(redirect.ports()::contains)
                .distinct();
    }
}
