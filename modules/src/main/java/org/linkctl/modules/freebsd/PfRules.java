package org.linkctl.modules.freebsd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Fabric;
import org.linkctl.model.Firewall;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The text of pf.conf(5) for one host. Its sections come in the order that pfctl(8) wants: options, tables, scrub,
 * translation, filter rules. Interfaces stand in parentheses where an address is meant, so that the file loads before
 * they have one.
 */
final class PfRules {
    /** Where sshd listens if {@code ssh:} does not say. */
    private static final int SSH = 22;

    private static final String LOOPBACK = "lo0";

    private final Fabric fabric;
    private final Host host;
    private final @Nullable Firewall firewall;
    private final List<PfPublish> published;
    private final List<PfPool> pools;
    private final StringBuilder out = new StringBuilder(OurFiles.MARK).append('\n');

    private PfRules(Fabric fabric, Host host) {
        this.fabric = fabric;
        this.host = host;
        this.firewall = fabric.firewall(host).orElse(null);
        this.published = PfPublish.of(fabric, host);
        this.pools = PfPool.of(fabric, host);
    }

    /** Everything that was asked for. */
    static String text(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.options();
        rules.tables();
        rules.segments();
        rules.translation();
        rules.filter();
        return rules.out.toString();
    }

    /** What stands in an anchor of ours: only rules, and none for packets of which the inventory does not speak. */
    static String anchored(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.tables();
        rules.translation();
        rules.needed();
        rules.published();
        rules.spread();
        rules.asked();
        return rules.out.toString();
    }

    /** The filter rules of the main ruleset, in their order. */
    static List<String> filter(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.filter();
        return rules.out
                .toString()
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** What is loaded at boot where that text cannot be: nothing comes in but SSH and what pairs need. */
    static String fallback(Fabric fabric, Host host) {
        PfRules rules = new PfRules(fabric, host);
        rules.section("Loaded where /etc/pf.conf cannot be.");
        rules.line("set skip on { " + LOOPBACK + " }");
        rules.line("block in all");
        rules.line("pass out all");
        rules.pair().forEach(rules::line);
        rules.ssh();
        return rules.out.toString();
    }

    private void section(String comment) {
        out.append("\n# ").append(comment).append('\n');
    }

    private void line(String rule) {
        out.append(rule).append('\n');
    }

    private void options() {
        section("Rules stay as they stand here, so that what is loaded can be compared.");
        line("set ruleset-optimization none");
        if (firewall == null) return;
        line("set block-policy " + (firewall.policy() == Firewall.Policy.DROP ? "drop" : "return"));
        if (firewall.log() != null) line("set loginterface " + PfWords.name(firewall.log()));
        line("set skip on { "
                + String.join(" ", skip(firewall).stream().map(PfWords::name).toList()) + " }");
        for (Firewall.Limit limit : Firewall.Limit.values()) {
            Integer most = firewall.limits().get(limit.word());
            if (most != null) line("set limit " + limit.pf() + " " + most);
        }
    }

    /** What a host says to itself is nobody's to filter. */
    static Set<String> skip(Firewall firewall) {
        Set<String> out = new LinkedHashSet<>(List.of(LOOPBACK));
        out.addAll(firewall.skip());
        return out;
    }

    /** The tables of a host by name. */
    static Map<String, Set<Cidr>> tables(Fabric fabric, Host host) {
        Map<String, Set<Cidr>> out = new LinkedHashMap<>();
        fabric.firewall(host).stream()
                .flatMap(firewall -> firewall.tables().stream())
                .forEach(table -> out.put(table.name(), new LinkedHashSet<>(table.addresses())));
        return out;
    }

    private void tables() {
        List<Firewall.Table> tables = firewall == null ? List.of() : firewall.tables();
        List<String> hops = PfPool.definitions(pools);
        if (tables.isEmpty() && published.isEmpty() && hops.isEmpty()) return;
        section("Tables.");
        hops.forEach(this::line);
        published.forEach(one -> line(one.definition()));
        for (Firewall.Table table : tables) {
            String addresses = table.addresses().stream().map(PfWords::shown).collect(Collectors.joining(" "));
            line("table " + PfWords.table(table.name()) + " persist { " + addresses
                    + (addresses.isEmpty() ? "}" : " }"));
        }
    }

    private void segments() {
        List<String> segments = PfSegments.rules(fabric, host);
        if (segments.isEmpty()) return;
        section("TCP that is passed on fits through the tunnels.");
        segments.forEach(this::line);
    }

    private void translation() {
        if (!published.isEmpty()) {
            section("What is published goes to the spokes that the watcher has in the tables.");
            published.forEach(one -> one.nat().forEach(this::line));
            published.forEach(one -> one.rdr().forEach(this::line));
        }
        if (firewall == null
                || (firewall.nats().isEmpty() && firewall.redirects().isEmpty())) return;
        section("Translation.");
        for (Firewall.Nat nat : firewall.nats()) {
            for (boolean v6 : new boolean[] {false, true}) {
                List<String> from = PfWords.prefixes(nat.from(), v6);
                Ip address = nat.address();
                if (from.isEmpty()) continue;
                // :0 leaves the addresses out that the pair shares: only their master may use them.
                String to = address == null ? "(" + nat.outbound() + ":0)" : address.text();
                line("nat" + on(nat.outbound()) + family(v6) + " from " + PfWords.list(from) + " to any -> " + to);
            }
        }
        for (Firewall.Redirect redirect : firewall.redirects()) {
            Ip address = redirect.address();
            String from = address == null ? "(" + PfWords.name(redirect.inbound()) + ")" : address.text();
            Integer port = redirect.toPort();
            line("rdr pass" + on(redirect.inbound()) + family(redirect.to().isV6()) + proto(redirect.proto())
                    + " from any to " + from + port(redirect.ports()) + " -> " + redirect.to()
                    + (port == null ? "" : " port " + port));
        }
    }

    private void filter() {
        if (firewall != null) {
            section("What nothing allows is stopped. SSH comes in by interfaces of which no rule speaks.");
            line("block in all");
            line("pass out all");
            ssh();
            for (String named : named(firewall)) line("block in" + on(named) + " all");
            pair().forEach(this::line);
        } else needed();
        spread();
        asked();
    }

    /** Between rules that stop nothing, this is for what is spread over next hops, which these packets never are. */
    private void needed() {
        List<String> pair = pair();
        if (!pair.isEmpty()) section("What the two hosts need of each other.");
        pair.forEach(this::line);
    }

    private void published() {
        if (published.isEmpty()) return;
        section("What is published goes out to the spokes.");
        published.forEach(one -> one.pass().forEach(this::line));
    }

    private void spread() {
        if (!pools.isEmpty()) {
            section("Connections that are spread over next hops: a table of each holds it while it answers.");
        }
        for (PfPool pool : pools) pool.rules().forEach(this::line);
    }

    private void asked() {
        if (firewall == null || firewall.rules().isEmpty()) return;
        section("Rules of the inventory; the last one that fits counts.");
        for (Firewall.Rule rule : firewall.rules()) rule(rule);
    }

    /** Hosts that hand connections over to each other have the same rules, since pfsync(4) compares them ({@link PfHandover}). */
    private List<Host> alike() {
        return fabric.stateSync(host).map(sync -> fabric.hostsOf(sync.pair())).orElse(List.of(host));
    }

    /** A connection that was there before pf was lives on: it is the one that brings the rules. */
    private void ssh() {
        List<String> ports = alike().stream()
                .map(one -> one.ssh().port())
                .map(port -> port == null ? SSH : port)
                .distinct()
                .sorted()
                .map(String::valueOf)
                .toList();
        line("pass in proto tcp from any to any port " + PfWords.list(ports) + " flags any keep state (sloppy)");
    }

    private static Set<String> named(Firewall firewall) {
        Set<String> named = new LinkedHashSet<>();
        for (Firewall.Rule rule : firewall.rules()) if (rule.inbound() != null) named.add(rule.inbound());
        return named;
    }

    /** carp(4) and pfsync(4) need to be let through; their packets belong to no connection that could be taken over. */
    private List<String> pair() {
        List<String> rules = new ArrayList<>();
        Set<String> carp = new LinkedHashSet<>();
        fabric.vips(host).forEach(vip -> carp.add(vip.on()));
        for (String device : carp) rules.add("pass quick" + on(device) + " proto carp keep state (no-sync)");
        fabric.stateSync(host)
                .ifPresent(sync -> rules.add("pass quick" + on(sync.on()) + " proto pfsync keep state (no-sync)"));
        boolean v6 = alike().stream()
                .flatMap(one -> Stream.concat(
                        fabric.addresses(one).stream(),
                        fabric.vips(one).stream().flatMap(vip -> vip.addresses().stream())))
                .anyMatch(Cidr::isV6);
        // Without neighbour discovery there is no IPv6 on a link (RFC 4861).
        if (v6)
            rules.add(
                    "pass quick inet6 proto ipv6-icmp icmp6-type { neighbrsol, neighbradv, routersol, routeradv } no state");
        return rules;
    }

    private void rule(Firewall.Rule rule) {
        boolean bare = rule.proto() != Firewall.Proto.ICMP && bare(rule.from()) && bare(rule.to());
        if (bare) {
            line(rule(rule, "", proto(rule.proto()), PfWords.list(all(rule.from())), PfWords.list(all(rule.to()))));
            return;
        }
        for (boolean v6 : new boolean[] {false, true}) {
            List<String> from = peers(rule.from(), v6);
            List<String> to = peers(rule.to(), v6);
            if ((from.isEmpty() && !rule.from().isEmpty())
                    || (to.isEmpty() && !rule.to().isEmpty())) continue;
            String proto = v6 && rule.proto() == Firewall.Proto.ICMP ? " proto ipv6-icmp" : proto(rule.proto());
            line(rule(rule, family(v6), proto, PfWords.list(from), PfWords.list(to)));
        }
    }

    private static String rule(Firewall.Rule rule, String family, String proto, String from, String to) {
        String outbound = rule.outbound();
        String on = outbound != null ? outbound : rule.inbound();
        return (rule.allow() ? "pass " : "block ") + (outbound != null ? "out" : "in") + (on == null ? "" : on(on))
                + family + proto + " from " + from + " to " + to + (rule.ports() == null ? "" : port(rule.ports()));
    }

    /** Whether nothing of it is of one address family alone. */
    private static boolean bare(List<Firewall.Peer> peers) {
        return peers.stream().noneMatch(Firewall.Peer.Net.class::isInstance);
    }

    private static List<String> all(List<Firewall.Peer> peers) {
        return Stream.concat(peers(peers, false).stream(), peers(peers, true).stream())
                .distinct()
                .toList();
    }

    private static List<String> peers(List<Firewall.Peer> peers, boolean v6) {
        return peers.stream()
                .flatMap(peer -> switch (peer) {
                    case Firewall.Peer.Of(String table) -> Stream.of(PfWords.table(table));
                    case Firewall.Peer.Net(Cidr prefix) ->
                        prefix.isV6() == v6 ? Stream.of(PfWords.shown(prefix)) : Stream.<String>empty();
                })
                .toList();
    }

    private static String on(String device) {
        return " on " + PfWords.name(device);
    }

    private static String family(boolean v6) {
        return v6 ? " inet6" : " inet";
    }

    private static String proto(Firewall.@Nullable Proto proto) {
        return proto == null ? "" : " proto " + proto.name().toLowerCase(Locale.ROOT);
    }

    private static String port(Firewall.Ports ports) {
        return " port " + (ports.from() == ports.to() ? "" + ports.from() : ports.from() + ":" + ports.to());
    }
}
