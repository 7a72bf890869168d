package org.linkctl.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Everything an inventory asks for, resolved and checked. */
public final class Fabric {
    private final String name;
    private final List<Site> sites;
    private final List<Host> hosts;
    private final List<Intent> intents;
    /** Made when it is first asked for; several threads may do so at once, to the same end. */
    private volatile @Nullable FabricIndex index;

    public Fabric(String name, List<Site> sites, List<Host> hosts, List<? extends Intent> intents) {
        this.name = name;
        this.sites = List.copyOf(sites);
        this.hosts = List.copyOf(hosts);
        this.intents = List.copyOf(intents);
    }

    private FabricIndex index() {
        FabricIndex known = index;
        if (known == null) {
            known = new FabricIndex(this);
            index = known;
        }
        return known;
    }

    private HostLinks of(Host host) {
        return index().of(host.name());
    }

    public String name() {
        return name;
    }

    public List<Site> sites() {
        return sites;
    }

    public List<Host> hosts() {
        return hosts;
    }

    public List<Intent> intents() {
        return intents;
    }

    public Optional<Host> host(String name) {
        return index().named(name).stream().findFirst();
    }

    /** All hosts of that name; more than one is an error. */
    public List<Host> hostsNamed(String name) {
        return index().named(name);
    }

    public boolean hasSite(String name) {
        return index().site(name).findFirst().isPresent();
    }

    public Site site(String name) {
        return index().site(name).findFirst().orElseThrow();
    }

    public Site siteOf(Host host) {
        return site(host.site());
    }

    /** All that is declared of a kind, or of all kinds that an interface stands for, in the declared order. */
    public <T extends Intent> List<T> all(Class<T> kind) {
        if (kind.isInterface())
            return intents.stream().filter(kind::isInstance).map(kind::cast).toList();
        return index().all(kind);
    }

    /** What is declared of a kind for a host, by itself or for its pair, in the declared order. */
    public <T extends Intent> List<T> of(Class<T> kind, Host host) {
        return of(host).all(kind);
    }

    /** Of a kind that a host has once. */
    public <T extends Intent> Optional<T> one(Class<T> kind, Host host) {
        return of(kind, host).stream().findFirst();
    }

    /** All interfaces of a host but tunnels and hubs: bonds, NICs, VLANs, bridges, each kind in the declared order. */
    public List<Link> links(Host host) {
        return of(host).links();
    }

    /** The first of that name. */
    public Optional<Link> link(Host host, String name) {
        return links(host).stream().filter(link -> link.name().equals(name)).findFirst();
    }

    private static <T> List<T> view(List<T> list) {
        return Collections.unmodifiableList(list);
    }

    /** The routes that a host carries by BGP, in the declared order. */
    public List<Route> bgpRoutes(Host host) {
        return routes(host).stream().filter(Route::isBgp).toList();
    }

    /** The routes that a host carries and sets itself, in the declared order. */
    public List<Route> staticRoutes(Host host) {
        return routes(host).stream().filter(route -> !route.isBgp()).toList();
    }

    public List<Tunnel> tunnels() {
        return all(Tunnel.class);
    }

    /** The tunnels that end on a host, in the declared order. */
    public List<Tunnel> tunnels(Host host) {
        return view(of(host).tunnels);
    }

    /** All tunnels of that name; more than one is an error. */
    public List<Tunnel> tunnelsNamed(String name) {
        return index().tunnels(name);
    }

    public Tunnel tunnel(String name) {
        return index().tunnels(name).getFirst();
    }

    public List<Hub> hubs() {
        return all(Hub.class);
    }

    /** The hubs whose interface a host has, as the hub or as a spoke, in the declared order. */
    public List<Hub> hubs(Host host) {
        return view(of(host).hubs);
    }

    /** Whether a host is called by the spokes, and none of them itself. */
    public boolean isHub(Hub hub, Host host) {
        return index().isHub(hub, host.name());
    }

    /** What a host has of a hub that it calls; empty where it is no spoke. */
    public Optional<Hub.Spoke> spoke(Hub hub, String host) {
        return index().spoke(hub, host).findFirst();
    }

    /** What a host's interface has that a hub is the reason for. */
    public List<Cidr> addresses(Hub hub, Host host) {
        return index().addresses(hub, host.name());
    }

    /** All hosts of a hub: where it is, and its spokes. */
    public List<Host> members(Hub hub) {
        return index().membersOf(hub);
    }

    /** The hubs that are declared for a host, or a pair, of that name. */
    public List<Hub> hubsOn(String name) {
        return view(index().hubsOn(name));
    }

    /** Whether a host has any WireGuard interface. */
    public boolean hasWireguard(Host host) {
        return !tunnels(host).isEmpty() || !hubs(host).isEmpty();
    }

    public List<Pair> pairs() {
        return all(Pair.class);
    }

    /** The hosts that a name stands for where a pair or a host may stand, in the declared order. */
    public List<Host> hostsOf(String name) {
        return index().hostsOf(name);
    }

    public List<Group> groups() {
        return all(Group.class);
    }

    /** The hosts that a name stands for in a selection: a host, a pair, a group or a site; none where nothing has it. */
    public List<Host> hostsUnder(String name) {
        List<Host> found = hostsOf(name);
        if (!found.isEmpty()) return found;
        Set<String> members = groups().stream()
                .filter(group -> group.name().equals(name))
                .flatMap(group -> group.members().stream())
                .collect(Collectors.toSet());
        if (members.isEmpty()) members = Set.of(name);
        Set<String> names = new HashSet<>();
        for (String member : members) hostsOf(member).forEach(host -> names.add(host.name()));
        Set<String> sites = Set.copyOf(members);
        return hosts.stream()
                .filter(host -> names.contains(host.name())
                        || (sites.contains(host.site()) && hostsOf(host.site()).isEmpty()))
                .toList();
    }

    /** What {@link #hostsUnder} knows: of each kind in the declared order. */
    public List<String> selectable() {
        return Stream.of(
                        hosts.stream().map(Host::name),
                        pairs().stream().map(Pair::name),
                        groups().stream().map(Group::name),
                        sites.stream().map(Site::name))
                .flatMap(names -> names)
                .distinct()
                .toList();
    }

    /** The vips of a pair. */
    public List<Vip> vipsOf(String pair) {
        return view(index().vipsOf(pair));
    }

    /** Where connections to addresses of that family may go, the most wanted first: by the first hub that has them. */
    public List<Publish.Target> targets(Publish publish, boolean v6) {
        List<Publish.Target> out = new ArrayList<>();
        for (String name : publish.to()) {
            hubsOn(publish.on()).stream()
                    .flatMap(hub -> spoke(hub, name)
                            .map(spoke -> spoke.address(v6))
                            .map(address -> new Publish.Target(hub, name, address))
                            .stream())
                    .findFirst()
                    .ifPresent(out::add);
        }
        return out;
    }

    /** The interface of a host that has an address, by itself or as the master of a pair. */
    public Optional<String> holder(Host host, Ip address) {
        return of(host).holder(address);
    }

    /** Whose ruleset a host's rules stand in; the checks saw that all of them say the same. */
    public Firewall.Ruleset ruleset(Host host) {
        return one(Firewall.class, host)
                .map(Firewall::ruleset)
                .or(() -> of(Balance.class, host).stream()
                        .map(Balance::ruleset)
                        .flatMap(Stream::ofNullable)
                        .findFirst())
                .or(() -> of(Publish.class, host).stream()
                        .map(Publish::ruleset)
                        .flatMap(Stream::ofNullable)
                        .findFirst())
                .orElse(Firewall.Ruleset.MAIN);
    }

    /** The names of the interfaces that are declared for a host, tunnels and hubs included. */
    public List<String> interfaces(Host host) {
        return of(host).interfaces();
    }

    /** The addresses that are declared for one interface of a host. */
    public List<Cidr> addresses(Host host, String device) {
        return of(host).addresses(device);
    }

    /** The declared interface of a host on whose network an address is. */
    public Optional<String> deviceTowards(Host host, Ip address) {
        return of(host).towards(address);
    }

    public List<Route> routes() {
        return all(Route.class);
    }

    /** The routes that a host carries: it is on one of their sites and one of their tunnels ends there. */
    public List<Route> routes(Host host) {
        return routesAt(host.site()).stream()
                .filter(route -> !tunnels(route, host).isEmpty())
                .toList();
    }

    /** The routes that a site is one end of. */
    public List<Route> routesAt(String site) {
        return view(index().routesAt(site));
    }

    /** Whether a route names a tunnel. */
    public boolean leadsBy(Route route, String tunnel) {
        return index().leadsBy(route, tunnel);
    }

    /** The tunnels of a route that end on a host, in the route's order. */
    public List<Tunnel> tunnels(Route route, Host host) {
        return view(index().tunnels(route, host.name()));
    }

    /** The names of a route's tunnels that end on a host, in the order in which the tunnels are declared. */
    public List<String> carrying(Route route, Host host) {
        return view(index().carrying(route, host.name()));
    }

    /** The LANs of the site at the other side of a route, as seen from a host on one of its sites. */
    public List<Cidr> farLans(Route route, Host host) {
        return site(route.otherThan(host.site())).lan();
    }

    /** All addresses that were declared for a host's links, tunnels and hubs left out. */
    public List<Cidr> addresses(Host host) {
        return of(host).addresses();
    }

    /** What lives on a host's side: its site's LAN, and what is said to be behind it as a spoke. */
    public List<Cidr> nearLans(Host host) {
        Stream<Cidr> behind = HubLans.all(this, host).stream().flatMap(one -> one.near().stream());
        return Stream.concat(siteOf(host).lan().stream(), behind).distinct().toList();
    }

    /** All prefixes that a host leads others to, over tunnels and hubs. */
    public List<Cidr> farLans(Host host) {
        Stream<Cidr> routed = routes(host).stream().flatMap(route -> farLans(route, host).stream());
        return Stream.concat(routed, HubLans.farOf(this, host).stream())
                .distinct()
                .toList();
    }

    /**
     * The shared addresses by which a hub on a pair is called: the {@code vip} that has its endpoint; where none has it, as with
     * a name, the first one. Its interface is up where these are (linux.hub-handover).
     */
    public List<Vip> calledBy(Hub hub) {
        List<Vip> all = all(Vip.class).stream()
                .filter(vip -> vip.pair().equals(hub.on()))
                .toList();
        Optional<Ip> endpoint = Ip.parse(hub.endpoint());
        return all.stream()
                .filter(vip -> vip.addresses().stream()
                        .anyMatch(one -> Optional.of(one.address()).equals(endpoint)))
                .findFirst()
                .or(() -> all.stream().findFirst())
                .map(List::of)
                .orElse(List.of());
    }

    /** The address by which a host is part of the LAN on its side, of the given family. */
    public Optional<Ip> lanAddress(Host host, boolean v6) {
        List<Cidr> lan = nearLans(host);
        return addresses(host).stream()
                .map(Cidr::address)
                .filter(address -> address.isV6() == v6)
                .filter(address -> lan.stream().anyMatch(prefix -> prefix.contains(address)))
                .findFirst();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Fabric fabric
                && name.equals(fabric.name)
                && sites.equals(fabric.sites)
                && hosts.equals(fabric.hosts)
                && intents.equals(fabric.intents);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, sites, hosts, intents);
    }

    @Override
    public String toString() {
        return "Fabric[" + name + ", " + sites + ", " + hosts + ", " + intents + "]";
    }
}
