package org.linkctl.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.net.Cidr;

/**
 * Who is where in a fabric: made in one pass over what it declares, and never changed. Things of which there may be
 * thousands are found by their name here, not searched for.
 */
final class FabricIndex {
    private record Placed<T>(int order, T what) {}

    private final Map<String, Site> sites = new HashMap<>();
    private final Map<String, List<Placed<Host>>> hosts = new HashMap<>();
    private final Map<String, List<Host>> pairs = new HashMap<>();
    private final Map<Class<?>, List<Intent>> kinds = new HashMap<>();
    private final Map<String, HostLinks> links = new HashMap<>();
    private final Map<String, List<Placed<Tunnel>>> tunnels = new HashMap<>();
    private final Map<String, List<Hub>> hubsOn = new HashMap<>();
    private final Map<String, List<Vip>> vipsOf = new HashMap<>();
    private final Map<String, List<Route>> routesAt = new HashMap<>();
    /** By the thing itself: two that are equal are declared twice, and to compare them would take their whole length. */
    private final IdentityHashMap<Hub, HubMembers> hubs = new IdentityHashMap<>();

    private final IdentityHashMap<Route, Carried> routes = new IdentityHashMap<>();

    /**
     * The hosts of a hub.
     *
     * @param called those where it is
     * @param spokes by host; the first of each
     */
    private record HubMembers(Set<String> called, Map<String, Hub.Spoke> spokes, List<Host> all) {}

    /**
     * The tunnels of a route, by the hosts at their ends.
     *
     * @param inOrder in the route's order
     * @param names in the order in which the tunnels are declared
     * @param unknown names of none
     */
    private record Carried(
            Set<String> via, Map<String, List<Tunnel>> inOrder, Map<String, List<String>> names, boolean unknown) {}

    FabricIndex(Fabric fabric) {
        for (Site site : fabric.sites()) sites.putIfAbsent(site.name(), site);
        int order = 0;
        for (Host host : fabric.hosts()) {
            hosts.computeIfAbsent(host.name(), _ -> new ArrayList<>()).add(new Placed<>(order++, host));
        }
        order = 0;
        for (Intent intent : fabric.intents()) {
            kinds.computeIfAbsent(intent.getClass(), _ -> new ArrayList<>()).add(intent);
            if (intent instanceof Pair pair) pairs.computeIfAbsent(pair.name(), _ -> inOrder(pair.hosts()));
            if (intent instanceof Tunnel tunnel) {
                tunnels.computeIfAbsent(tunnel.name(), _ -> new ArrayList<>()).add(new Placed<>(order++, tunnel));
            }
        }
        for (Intent intent : fabric.intents()) place(intent);
        links.forEach((host, its) -> its.settle(
                host, its.hubs.stream().map(hub -> addresses(hub, host)).toList()));
    }

    private void place(Intent intent) {
        // A switch over types makes its code at its first use, in each start.
        if (intent instanceof Link link) links(link.host()).add(link);
        else if (intent instanceof Sysctl sysctl) links(sysctl.host()).add(sysctl);
        else if (intent instanceof HostIntent other) links(other.host()).add(other);
        else if (intent instanceof HostOrPairIntent shared) shared(shared);
        else if (intent instanceof Tunnel tunnel)
            ends(tunnel).forEach(host -> links(host).tunnels.add(tunnel));
        else if (intent instanceof Hub hub) hub(hub);
        else if (intent instanceof Route route) route(route);
    }

    private void shared(HostOrPairIntent shared) {
        if (shared instanceof Vip vip)
            vipsOf.computeIfAbsent(vip.pair(), _ -> new ArrayList<>()).add(vip);
        names(shared.hostOrPair()).forEach(host -> links(host).add(shared));
    }

    private HostLinks links(String host) {
        return links.computeIfAbsent(host, _ -> new HostLinks());
    }

    private static Set<String> ends(Tunnel tunnel) {
        Set<String> out = new LinkedHashSet<>();
        for (Tunnel.End end : tunnel.ends()) out.add(end.host());
        return out;
    }

    private Set<String> names(String name) {
        Set<String> out = new LinkedHashSet<>();
        for (Host host : hostsOf(name)) out.add(host.name());
        return out;
    }

    private void hub(Hub hub) {
        hubsOn.computeIfAbsent(hub.on(), _ -> new ArrayList<>()).add(hub);
        Map<String, Hub.Spoke> spokes = new HashMap<>();
        for (Hub.Spoke spoke : hub.spokes()) spokes.putIfAbsent(spoke.host(), spoke);
        Set<String> called = names(hub.on());
        Set<String> all = new LinkedHashSet<>(called);
        all.addAll(spokes.keySet());
        hubs.put(hub, new HubMembers(called, spokes, inOrder(all)));
        for (String host : all) links(host).hubs.add(hub);
    }

    private void route(Route route) {
        Set<String> via = new LinkedHashSet<>(route.via());
        Map<String, List<Tunnel>> inOrder = new HashMap<>();
        boolean unknown = false;
        for (String name : route.via()) {
            List<Placed<Tunnel>> named = tunnels.getOrDefault(name, List.of());
            unknown |= named.isEmpty();
            if (!named.isEmpty())
                by(inOrder, named.getFirst().what(), named.getFirst().what());
        }
        Map<String, List<String>> names = new HashMap<>();
        via.stream()
                .flatMap(name -> tunnels.getOrDefault(name, List.of()).stream())
                .sorted((one, other) -> Integer.compare(one.order(), other.order()))
                .forEach(one -> by(names, one.what(), one.what().name()));
        routes.put(route, new Carried(via, inOrder, names, unknown));
        for (String site : new LinkedHashSet<>(route.between())) {
            routesAt.computeIfAbsent(site, _ -> new ArrayList<>()).add(route);
        }
    }

    private static <T> void by(Map<String, List<T>> hosts, Tunnel tunnel, T what) {
        for (String host : ends(tunnel)) {
            hosts.computeIfAbsent(host, _ -> new ArrayList<>()).add(what);
        }
    }

    /** The hosts of these names, in the declared order. */
    private List<Host> inOrder(Iterable<String> names) {
        Set<String> distinct = new HashSet<>();
        names.forEach(distinct::add);
        return distinct.stream()
                .flatMap(name -> hosts.getOrDefault(name, List.of()).stream())
                .sorted((one, other) -> Integer.compare(one.order(), other.order()))
                .map(Placed::what)
                .toList();
    }

    /** What is declared for a host of that name. */
    HostLinks of(String host) {
        return links.getOrDefault(host, HostLinks.NONE);
    }

    @SuppressWarnings("unchecked") // each list has things of its own class alone
    <T extends Intent> List<T> all(Class<T> kind) {
        return (List<T>) Collections.unmodifiableList(kinds.getOrDefault(kind, List.of()));
    }

    List<Host> named(String host) {
        return hosts.getOrDefault(host, List.of()).stream().map(Placed::what).toList();
    }

    /** The first site of that name. */
    Stream<Site> site(String name) {
        return Stream.ofNullable(sites.get(name));
    }

    List<Host> hostsOf(String name) {
        List<Host> pair = pairs.get(name);
        return pair == null ? named(name) : pair;
    }

    List<Tunnel> tunnels(String name) {
        return tunnels.getOrDefault(name, List.of()).stream().map(Placed::what).toList();
    }

    List<Hub> hubsOn(String name) {
        return hubsOn.getOrDefault(name, List.of());
    }

    List<Vip> vipsOf(String pair) {
        return vipsOf.getOrDefault(pair, List.of());
    }

    List<Route> routesAt(String site) {
        return routesAt.getOrDefault(site, List.of());
    }

    private HubMembers members(Hub hub) {
        HubMembers members = hubs.get(hub);
        if (members == null) throw new NoSuchElementException("hub " + hub.name());
        return members;
    }

    boolean isHub(Hub hub, String host) {
        return members(hub).called().contains(host);
    }

    Stream<Hub.Spoke> spoke(Hub hub, String host) {
        return Stream.ofNullable(members(hub).spokes().get(host));
    }

    List<Host> membersOf(Hub hub) {
        return members(hub).all();
    }

    /** What the hub is the reason for; none where the host is no member of it. */
    List<Cidr> addresses(Hub hub, String host) {
        return isHub(hub, host)
                ? hub.addresses()
                : spoke(hub, host).flatMap(spoke -> spoke.addresses().stream()).toList();
    }

    private Carried carried(Route route) {
        Carried carried = routes.get(route);
        if (carried == null) throw new NoSuchElementException("route " + route.label());
        return carried;
    }

    boolean leadsBy(Route route, String tunnel) {
        return carried(route).via().contains(tunnel);
    }

    /** @throws NoSuchElementException where the route names a tunnel that is not declared */
    List<Tunnel> tunnels(Route route, String host) {
        Carried carried = carried(route);
        if (carried.unknown()) throw new NoSuchElementException("a tunnel of route " + route.label());
        return carried.inOrder().getOrDefault(host, List.of());
    }

    List<String> carrying(Route route, String host) {
        return carried(route).names().getOrDefault(host, List.of());
    }
}
