package org.linkctl.playbook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.linkctl.model.Balance;
import org.linkctl.model.Fabric;
import org.linkctl.model.FirezoneGateway;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.HubLans;
import org.linkctl.model.Os;
import org.linkctl.model.Pair;
import org.linkctl.model.Publish;
import org.linkctl.model.Witness;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Resource;

/**
 * Hosts that stand in for each other.
 *
 * @param service what they give, as a phrase
 * @param ways by which it is given; one is enough
 * @param hosts the names of those whose being away is told as the end of it
 * @param paths those of them that give nothing while this path is drained, by its name
 * @param users the hosts that need it, which miss nothing while they are away themselves; empty: others do
 */
record Substitutes(String service, List<Way> ways, Set<String> hosts, Map<String, String> paths, Set<String> users) {
    /**
     * One of several ways.
     *
     * @param by names, one of which has to be there and not drained
     * @param needs of each of these one has to be there
     */
    record Way(Set<String> by, List<Set<String>> needs) {
        private boolean isLost(Set<String> down, Set<String> drained) {
            boolean served = by.stream().anyMatch(host -> !down.contains(host) && !drained.contains(host));
            return !served || needs.stream().anyMatch(down::containsAll);
        }
    }

    /**
     * Pairs, the targets of what is published, the Firezone gateways of a site, the next hops of a balance, the spokes of
     * hubs by which a LAN is reached, and default gateways.
     */
    static List<Substitutes> of(Fabric fabric) {
        List<Substitutes> all = new ArrayList<>();
        fabric.pairs().forEach(pair -> all.add(pair(fabric, pair)));
        for (Publish one : fabric.all(Publish.class)) {
            Set<String> hosts = names(one.to());
            all.add(new Substitutes(
                    "the published " + one.name(), each(hosts), hosts, by(one.to(), Resource::place), Set.of()));
        }
        Map<String, Set<String>> gateways = new LinkedHashMap<>();
        for (Host host : fabric.hosts()) {
            if (fabric.of(FirezoneGateway.class, host).isEmpty()) continue;
            gateways.computeIfAbsent(host.site(), _ -> new LinkedHashSet<>()).add(host.name());
        }
        gateways.forEach((site, hosts) ->
                all.add(new Substitutes("the Firezone gateways of " + site, each(hosts), hosts, Map.of(), Set.of())));
        for (Balance one : fabric.all(Balance.class)) {
            for (boolean v6 : new boolean[] {false, true}) balance(fabric, one, v6, all);
        }
        lans(fabric, all);
        defaultRoutes(fabric, all);
        return all;
    }

    private static Set<String> names(List<String> hosts) {
        return new LinkedHashSet<>(hosts);
    }

    private static Set<String> namesOf(List<Host> hosts) {
        return hosts.stream().map(Host::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Each of them is a way. */
    private static List<Way> each(Set<String> hosts) {
        return hosts.stream().map(host -> new Way(Set.of(host), List.of())).toList();
    }

    /** One host of a pair that has a witness serves only with the vote of the other one, or of the witness. */
    private static Substitutes pair(Fabric fabric, Pair pair) {
        Set<String> hosts = names(pair.hosts());
        Set<String> all = new LinkedHashSet<>(hosts);
        List<Way> ways = new ArrayList<>();
        List<String> witnesses = fabric.all(Witness.class).stream()
                .filter(witness -> witness.pair().equals(pair.name()))
                .map(Witness::host)
                .toList();
        all.addAll(witnesses);
        for (String host : hosts) {
            Set<String> votes = new LinkedHashSet<>(all);
            votes.remove(host);
            ways.add(new Way(Set.of(host), witnesses.isEmpty() ? List.of() : List.of(votes)));
        }
        return new Substitutes("the pair " + pair.name(), ways, all, idle(fabric, pair.hosts()), Set.of());
    }

    /** Those of a pair that do not take over while they are drained: on FreeBSD a drained host does (carp(4)). */
    private static Map<String, String> idle(Fabric fabric, List<String> pair) {
        List<String> linux = pair.stream()
                .filter(name -> fabric.host(name).stream().allMatch(host -> host.os() == Os.LINUX))
                .toList();
        return by(linux, Resource::through);
    }

    private static Map<String, String> by(List<String> hosts, UnaryOperator<String> path) {
        Map<String, String> out = new LinkedHashMap<>();
        hosts.forEach(host -> out.put(path.apply(host), host));
        return out;
    }

    /** The hosts that have an address, one of which is enough (a vip); what no host of the inventory has is always there. */
    private static Set<String> holders(Fabric fabric, Ip address) {
        Set<String> hosts = namesOf(fabric.hosts().stream()
                .filter(host -> fabric.holder(host, address).isPresent())
                .toList());
        return hosts.isEmpty() ? Set.of(address.text()) : hosts;
    }

    private static void balance(Fabric fabric, Balance balance, boolean v6, List<Substitutes> all) {
        Set<String> on = namesOf(fabric.hostsOf(balance.on()));
        List<Way> ways = balance.over().stream()
                .filter(hop -> hop.isV6() == v6)
                .map(hop -> new Way(holders(fabric, hop), List.of(on)))
                .toList();
        if (ways.isEmpty()) return;
        // That both hosts of a pair are away is told as that.
        Set<String> hosts = on.size() == 1 ? new LinkedHashSet<>(on) : new LinkedHashSet<>();
        ways.forEach(way -> hosts.addAll(way.by()));
        all.add(new Substitutes("the balance " + balance.name(), ways, hosts, Map.of(), Set.of()));
    }

    /** A LAN may be behind a spoke of each of two hubs; that a hub itself is away is told as that. */
    private static void lans(Fabric fabric, List<Substitutes> all) {
        Map<Cidr, List<Way>> ways = new LinkedHashMap<>();
        for (Hub hub : fabric.hubs()) {
            List<Set<String>> called = List.of(namesOf(fabric.hostsOf(hub.on())));
            for (Hub.Spoke spoke : hub.spokes()) {
                for (Cidr lan : HubLans.lan(fabric, spoke))
                    ways.computeIfAbsent(lan, _ -> new ArrayList<>()).add(new Way(Set.of(spoke.host()), called));
            }
            for (Hub.Peer peer : hub.peers()) {
                // No host has such a name: linkctl never reboots a peer.
                for (Cidr lan : peer.lan())
                    ways.computeIfAbsent(lan, _ -> new ArrayList<>())
                            .add(new Way(Set.of("peer " + peer.name()), called));
            }
        }
        Map<List<Way>, List<String>> alike = new LinkedHashMap<>();
        ways.forEach((lan, some) ->
                alike.computeIfAbsent(some, _ -> new ArrayList<>()).add(lan.toString()));
        alike.forEach((some, lans) -> all.add(new Substitutes(
                "the way to " + String.join(", ", lans) + " over hubs",
                some,
                some.stream().flatMap(way -> way.by().stream()).collect(Collectors.toSet()),
                Map.of(),
                Set.of())));
    }

    /** Of each family, the gateways of a host's interfaces that hosts of the inventory are. */
    private static void defaultRoutes(Fabric fabric, List<Substitutes> all) {
        Map<List<Way>, Set<String>> users = new LinkedHashMap<>();
        for (Host host : fabric.hosts()) {
            for (boolean v6 : new boolean[] {false, true}) {
                List<Way> ways = fabric.links(host).stream()
                        .flatMap(link -> link.defaultGateways().stream())
                        .filter(gateway -> gateway.isV6() == v6)
                        .map(gateway -> new Way(holders(fabric, gateway), List.of()))
                        .toList();
                if (!ways.isEmpty())
                    users.computeIfAbsent(ways, _ -> new LinkedHashSet<>()).add(host.name());
            }
        }
        users.forEach((ways, hosts) -> all.add(new Substitutes(
                "the default route of " + String.join(", ", hosts),
                ways,
                ways.stream().flatMap(way -> way.by().stream()).collect(Collectors.toSet()),
                Map.of(),
                hosts)));
    }

    /** Whether none is left without these hosts. */
    boolean isLost(Set<String> down) {
        return isLost(down, Set.of());
    }

    /** Whether none is left without these hosts, some of them its own, while these paths are drained. */
    boolean isLostBy(Set<String> down, Set<String> drained) {
        boolean missed = users.isEmpty() || !down.containsAll(users);
        return missed && hosts.stream().anyMatch(down::contains) && isLost(down, Set.copyOf(drained(drained)));
    }

    private boolean isLost(Set<String> down, Set<String> idle) {
        return ways.stream().allMatch(way -> way.isLost(down, idle));
    }

    /** Those of them that are drained. */
    List<String> drained(Set<String> drained) {
        return paths.entrySet().stream()
                .filter(one -> drained.contains(one.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
