package org.linkctl.modules.linux.firewall;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Firewall.Proto;
import org.linkctl.model.Grants;
import org.linkctl.model.Host;
import org.linkctl.model.HostAddresses;
import org.linkctl.model.KeptSources;
import org.linkctl.model.Overlap;
import org.linkctl.model.Publish;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.model.Witness;
import org.linkctl.modules.balancing.Destinations;
import org.linkctl.modules.linux.pair.Vote;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Matches for what comes in without a rule of the inventory, since it is declared elsewhere. */
final class NftGrants {
    /**
     * Neighbour discovery (RFC 4861) and what switches that snoop keep their groups by (RFC 4541, section 3; RFC 2710, RFC
     * 3810).
     */
    private static final String NEIGHBOURS =
            "icmpv6 type { mld-listener-query, mld-listener-report, mld-listener-done, nd-router-solicit,"
                    + " nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert, mld2-listener-report } ";

    /** Answers to what was sent to a group, which the kernel takes for no answers (RFC 9915, section 7.2). */
    private static final String DHCPV6 = "ip6 saddr fe80::/10 udp sport 547 udp dport 546 ";

    private final Fabric fabric;
    private final Host host;
    private final NftSets sets;

    NftGrants(Fabric fabric, Host host, NftSets sets) {
        this.fabric = fabric;
        this.host = host;
        this.sets = sets;
    }

    /** What no block stops, both ways: the word is {@code iifname} or {@code oifname}. */
    List<String> needed(boolean inbound) {
        List<String> out = new ArrayList<>(List.of(NEIGHBOURS));
        if (inbound) out.add(DHCPV6);
        Set<String> vips = new LinkedHashSet<>();
        fabric.of(Vip.class, host).forEach(vip -> vips.add(vip.on()));
        String protocol = "meta l4proto " + NftWords.VRRP + " ";
        for (String device : vips) peers(device, inbound).forEach(peer -> out.add(peer + protocol));
        fabric.one(StateSync.class, host).ifPresent(sync -> {
            out.addAll(peers(sync.on(), inbound));
            if (sync.multicast()) out.add(on(sync.on(), inbound) + "meta l4proto " + NftWords.IGMP + " ");
        });
        if (fabric.one(Witness.class, host).isPresent())
            for (String device : vips)
                peers(device, inbound).forEach(peer -> out.add(peer + ping(peer.contains("ip6 "))));
        votes(inbound, out);
        return out;
    }

    /** By which the hosts of a pair see each other, and ask their witness. */
    private static String ping(boolean v6) {
        return (v6 ? "icmpv6" : "icmp") + " type echo-request ";
    }

    /** To this host as a witness, or from this one of a pair to its witness. */
    private void votes(boolean inbound, List<String> out) {
        if (inbound) {
            for (Vote vote : Vote.at(fabric, host)) out.add(votes("saddr", vote.voters()));
            return;
        }
        Vote.of(fabric, host)
                .ifPresent(vote -> out.add("oifname " + NftWords.device(vote.device()) + " "
                        + votes("daddr", List.of(vote.witness().address()))));
    }

    private String votes(String field, List<Ip> addresses) {
        boolean v6 = addresses.getFirst().isV6();
        return NftWords.ip(v6) + field + " "
                + sets.ofPrefixes(addresses.stream().map(Cidr::host).toList(), v6) + " " + ping(v6);
    }

    private static String on(String device, boolean inbound) {
        return (inbound ? "iifname " : "oifname ") + NftWords.device(device) + " ";
    }

    /** What comes from the other host of the pair, or goes there. */
    private List<String> peers(String device, boolean inbound) {
        List<String> out = new ArrayList<>();
        String on = on(device, inbound);
        for (boolean v6 : new boolean[] {false, true}) {
            List<Cidr> others = fabric.pairs().stream()
                    .filter(pair -> pair.hosts().contains(host.name()))
                    .flatMap(pair -> fabric.hostsOf(pair.name()).stream())
                    .filter(other -> !other.name().equals(host.name()))
                    .flatMap(other -> fabric.addresses(other, device).stream())
                    .filter(address -> address.isV6() == v6)
                    .map(address -> Cidr.host(address.address()))
                    .toList();
            if (others.isEmpty()) continue;
            out.add(on + NftWords.ip(v6) + (inbound ? "saddr " : "daddr ") + sets.ofPrefixes(others, v6) + " ");
        }
        return out;
    }

    /** SSH to the host itself, by interfaces that no rule names. */
    String ssh(Firewall firewall) {
        Set<String> named = new LinkedHashSet<>();
        for (Firewall.Rule rule : firewall.rules()) if (rule.inbound() != null) named.add(rule.inbound());
        String on = named.isEmpty() ? "" : "iifname != " + NftWords.devices(named) + " ";
        return on + toSsh() + "ct status ! dnat ";
    }

    /** Hosts of a pair have the same rules, so that one of them can stand in for the other. */
    String toSsh() {
        List<String> ports =
                fabric
                        .one(StateSync.class, host)
                        .map(sync -> fabric.hostsOf(sync.pair()))
                        .orElse(List.of(host))
                        .stream()
                        .map(HostAddresses::sshPort)
                        .distinct()
                        .sorted()
                        .map(String::valueOf)
                        .toList();
        String port = ports.size() == 1 ? ports.getFirst() : "{ " + String.join(", ", ports) + " }";
        return "tcp dport " + port + " fib daddr type local ";
    }

    /** Rules for UDP ports of tunnels and hubs where the other end may be the first to send. */
    List<String> ports() {
        return Grants.ports(fabric, host).stream()
                .filter(Grants.Port::called)
                .map(port ->
                        "udp dport " + NftWords.range(port.ports()) + " fib daddr type local return # " + port.why())
                .toList();
    }

    /** Rules for what tunnels, hubs and routes carry. */
    List<String> through() {
        return Grants.through(fabric, host).stream()
                .map(one -> "iifname " + NftWords.device(one.device()) + " " + side("saddr", one.from(), one.v6())
                        + side("daddr", one.to(), one.v6()) + "return # " + one.why())
                .toList();
    }

    private String side(String field, List<Cidr> prefixes, boolean v6) {
        String set = sets.ofPrefixes(prefixes, v6);
        return set.isEmpty() ? NftWords.family(v6) : NftWords.ip(v6) + field + " " + set + " ";
    }

    /** What was redirected by a rule of the inventory, and not by somebody else's. */
    List<String> redirected(Firewall firewall) {
        List<String> out = new ArrayList<>();
        for (Firewall.Redirect redirect : firewall.redirects()) {
            boolean v6 = redirect.to().isV6();
            Integer toPort = redirect.toPort();
            Firewall.Ports now = toPort == null ? redirect.ports() : new Firewall.Ports(toPort, toPort);
            Ip address = redirect.address();
            String called = address == null ? "" : "ct original " + NftWords.ip(v6) + "daddr " + address.text() + " ";
            out.add("iifname " + NftWords.device(redirect.inbound()) + " ct status dnat " + called
                    + "meta l4proto " + NftWords.number(redirect.proto(), v6) + " ct original proto-dst "
                    + NftWords.range(redirect.ports()) + " " + NftWords.ip(v6) + "daddr "
                    + redirect.to().text() + " " + NftWords.transport(redirect.proto(), now, v6));
        }
        return out;
    }

    /** What was published, to the spokes that it goes to. */
    List<String> published() {
        List<String> out = new ArrayList<>();
        for (Publish publish : fabric.of(Publish.class, host)) {
            for (Ip address : publish.addresses()) {
                List<Cidr> spokes = fabric.targets(publish, address.isV6()).stream()
                        .map(target -> Cidr.host(target.address()))
                        .toList();
                if (spokes.isEmpty()) continue;
                String start = "ct status dnat ct original " + NftWords.ip(address.isV6()) + "daddr " + address.text()
                        + " " + side("daddr", spokes, address.isV6());
                publish.tcp().forEach(ports -> out.add(start + port(Proto.TCP, ports)));
                publish.udp().forEach(ports -> out.add(start + port(Proto.UDP, ports)));
            }
        }
        return out;
    }

    /** What is published over hubs of which this host is a spoke, from everywhere. */
    List<String> kept() {
        List<String> out = new ArrayList<>();
        for (KeptSources kept : KeptSources.of(fabric, host)) {
            String start = "iifname " + NftWords.device(kept.hub().name()) + " "
                    + side("daddr", List.of(Cidr.host(kept.address())), kept.v6());
            for (Proto proto : List.of(Proto.TCP, Proto.UDP))
                kept.ports(proto).forEach(ports -> out.add(start + port(proto, ports)));
        }
        return out;
    }

    /** What is spread over next hops, and not for the host itself. */
    List<String> spread() {
        List<String> out = new ArrayList<>();
        for (Balance balance : fabric.of(Balance.class, host)) {
            for (boolean v6 : new boolean[] {false, true}) {
                if (!Overlap.isFor(balance, v6)) continue;
                Destinations to = Destinations.of(fabric, host, balance, v6);
                List<Cidr> left = to.left().prefixes();
                out.add("iifname " + NftWords.device(balance.inbound()) + " fib daddr type unicast "
                        + side("saddr", Destinations.family(balance.from(), v6), v6)
                        + side("daddr", to.asked().prefixes(), v6)
                        + (left.isEmpty() ? "" : NftWords.ip(v6) + "daddr != " + sets.ofPrefixes(left, v6) + " "));
            }
        }
        return out;
    }

    private static String port(Proto proto, Firewall.Ports ports) {
        return "meta l4proto " + NftWords.number(proto, false) + " ct original proto-dst " + NftWords.range(ports)
                + " ";
    }
}
