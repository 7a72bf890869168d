package org.linkctl.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/** Everything an inventory asks for, resolved and checked. */
public record Fabric(String name, List<Site> sites, List<Host> hosts, List<Intent> intents) {
    public Fabric {
        sites = List.copyOf(sites);
        hosts = List.copyOf(hosts);
        intents = List.copyOf(intents);
    }

    public Optional<Host> host(String name) {
        return hosts.stream().filter(host -> host.name().equals(name)).findFirst();
    }

    public Site site(String name) {
        return sites.stream()
                .filter(site -> site.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public Site siteOf(Host host) {
        return site(host.site());
    }

    private <T extends Intent> Stream<T> all(Class<T> kind) {
        return intents.stream().filter(kind::isInstance).map(kind::cast);
    }

    public List<Bond> bonds(Host host) {
        return all(Bond.class).filter(bond -> bond.host().equals(host.name())).toList();
    }

    public List<Nic> nics(Host host) {
        return all(Nic.class).filter(nic -> nic.host().equals(host.name())).toList();
    }

    public List<Sysctl> sysctls(Host host) {
        return all(Sysctl.class)
                .filter(sysctl -> sysctl.host().equals(host.name()))
                .toList();
    }

    /** What is declared of a kind for a host, in the declared order. */
    public <T extends HostIntent> List<T> of(Class<T> kind, Host host) {
        return all(kind).filter(intent -> intent.host().equals(host.name())).toList();
    }

    /** A host's part in BGP. */
    public Optional<Bgp> bgp(Host host) {
        return of(Bgp.class, host).stream().findFirst();
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
        return all(Tunnel.class).toList();
    }

    /** The tunnels that end on a host, in the declared order. */
    public List<Tunnel> tunnels(Host host) {
        return all(Tunnel.class).filter(tunnel -> tunnel.touches(host.name())).toList();
    }

    public Tunnel tunnel(String name) {
        return all(Tunnel.class)
                .filter(tunnel -> tunnel.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public List<Hub> hubs() {
        return all(Hub.class).toList();
    }

    /** The hubs whose interface a host has, as the hub or as a spoke, in the declared order. */
    public List<Hub> hubs(Host host) {
        return all(Hub.class)
                .filter(hub -> isHub(hub, host) || hub.calls(host.name()))
                .toList();
    }

    /** Whether a host is called by the spokes, and none of them itself. */
    public boolean isHub(Hub hub, Host host) {
        return means(hub.on(), host);
    }

    /** What a host's interface has that a hub is the reason for. */
    public List<Cidr> addresses(Hub hub, Host host) {
        return isHub(hub, host) ? hub.addresses() : hub.spokeOn(host.name()).addresses();
    }

    /** All hosts of a hub: where it is, and its spokes. */
    public List<Host> members(Hub hub) {
        return hosts.stream()
                .filter(host -> isHub(hub, host) || hub.calls(host.name()))
                .toList();
    }

    /** Whether a host has any WireGuard interface. */
    public boolean hasWireguard(Host host) {
        return !tunnels(host).isEmpty() || !hubs(host).isEmpty();
    }

    public List<Pair> pairs() {
        return all(Pair.class).toList();
    }

    /** The hosts that a name stands for where a pair or a host may stand, in the declared order. */
    public List<Host> hostsOf(String name) {
        List<String> names = pairs().stream()
                .filter(pair -> pair.name().equals(name))
                .findFirst()
                .map(Pair::hosts)
                .orElse(List.of(name));
        return hosts.stream().filter(host -> names.contains(host.name())).toList();
    }

    private boolean means(String name, Host host) {
        return hostsOf(name).stream().map(Host::name).anyMatch(host.name()::equals);
    }

    public List<Firewall> firewalls() {
        return all(Firewall.class).toList();
    }

    public Optional<Firewall> firewall(Host host) {
        return all(Firewall.class)
                .filter(firewall -> means(firewall.on(), host))
                .findFirst();
    }

    public List<Vip> vips() {
        return all(Vip.class).toList();
    }

    public List<Vip> vips(Host host) {
        return all(Vip.class).filter(vip -> means(vip.pair(), host)).toList();
    }

    public List<StateSync> stateSyncs() {
        return all(StateSync.class).toList();
    }

    public Optional<StateSync> stateSync(Host host) {
        return all(StateSync.class).filter(sync -> means(sync.pair(), host)).findFirst();
    }

    public List<ProxyArp> proxyArps() {
        return all(ProxyArp.class).toList();
    }

    public List<ProxyArp> proxyArps(Host host) {
        return all(ProxyArp.class).filter(proxy -> means(proxy.pair(), host)).toList();
    }

    public List<Balance> balances() {
        return all(Balance.class).toList();
    }

    public List<Balance> balances(Host host) {
        return all(Balance.class).filter(balance -> means(balance.on(), host)).toList();
    }

    public List<Publish> publishes() {
        return all(Publish.class).toList();
    }

    public List<Publish> publishes(Host host) {
        return all(Publish.class).filter(publish -> means(publish.on(), host)).toList();
    }

    /** Where connections to addresses of that family may go, the most wanted first: by the first hub that has them. */
    public List<Publish.Target> targets(Publish publish, boolean v6) {
        List<Publish.Target> out = new ArrayList<>();
        for (String name : publish.to()) {
            hubs().stream()
                    .filter(hub -> hub.on().equals(publish.on()) && hub.calls(name))
                    .flatMap(hub -> Stream.ofNullable(hub.spokeOn(name).address(v6))
                            .map(address -> new Publish.Target(hub, name, address)))
                    .findFirst()
                    .ifPresent(out::add);
        }
        return out;
    }

    /** The interface of a host that has an address, by itself or as the master of a pair. */
    public Optional<String> holder(Host host, Ip address) {
        return vips(host).stream()
                .filter(vip ->
                        vip.addresses().stream().anyMatch(one -> one.address().equals(address)))
                .map(Vip::on)
                .findFirst()
                .or(() -> interfaces(host).stream()
                        .filter(device -> addresses(host, device).stream()
                                .anyMatch(one -> one.address().equals(address)))
                        .findFirst());
    }

    /** Whose ruleset a host's rules stand in; the checks saw that all of them say the same. */
    public Firewall.Ruleset ruleset(Host host) {
        return firewall(host)
                .map(Firewall::ruleset)
                .or(() -> balances(host).stream()
                        .map(Balance::ruleset)
                        .flatMap(Stream::ofNullable)
                        .findFirst())
                .or(() -> publishes(host).stream()
                        .map(Publish::ruleset)
                        .flatMap(Stream::ofNullable)
                        .findFirst())
                .orElse(Firewall.Ruleset.MAIN);
    }

    /** The names of the interfaces that are declared for a host, tunnels and hubs included. */
    public List<String> interfaces(Host host) {
        return Stream.of(
                        bonds(host).stream().map(Bond::name),
                        nics(host).stream().map(Nic::name),
                        tunnels(host).stream().map(Tunnel::name),
                        hubs(host).stream().map(Hub::name))
                .flatMap(names -> names)
                .toList();
    }

    /** The addresses that are declared for one interface of a host. */
    public List<Cidr> addresses(Host host, String device) {
        return Stream.of(
                        bonds(host).stream()
                                .filter(bond -> bond.name().equals(device))
                                .flatMap(bond -> bond.addresses().stream()),
                        nics(host).stream()
                                .filter(nic -> nic.name().equals(device))
                                .flatMap(nic -> nic.addresses().stream()),
                        tunnels(host).stream()
                                .filter(tunnel -> tunnel.name().equals(device))
                                .flatMap(tunnel -> tunnel.endOn(host.name()).addresses().stream()),
                        hubs(host).stream()
                                .filter(hub -> hub.name().equals(device))
                                .flatMap(hub -> addresses(hub, host).stream()))
                .flatMap(addresses -> addresses)
                .toList();
    }

    /** The declared interface of a host on whose network an address is. */
    public Optional<String> deviceTowards(Host host, Ip address) {
        return interfaces(host).stream()
                .filter(device -> addresses(host, device).stream().anyMatch(own -> own.contains(address)))
                .findFirst();
    }

    public List<Route> routes() {
        return all(Route.class).toList();
    }

    /** The routes that a host carries: it is on one of their sites and one of their tunnels ends there. */
    public List<Route> routes(Host host) {
        return all(Route.class)
                .filter(route ->
                        route.joins(host.site()) && !tunnels(route, host).isEmpty())
                .toList();
    }

    /** The tunnels of a route that end on a host, in the route's order. */
    public List<Tunnel> tunnels(Route route, Host host) {
        return route.via().stream()
                .map(this::tunnel)
                .filter(tunnel -> tunnel.touches(host.name()))
                .toList();
    }

    /** The LANs of the site at the other side of a route, as seen from a host on one of its sites. */
    public List<Cidr> farLans(Route route, Host host) {
        return site(route.otherThan(host.site())).lan();
    }

    /** All addresses that were declared for a host's bonds and NICs, in the declared order. */
    public List<Cidr> addresses(Host host) {
        return Stream.concat(
                        bonds(host).stream().flatMap(bond -> bond.addresses().stream()),
                        nics(host).stream().flatMap(nic -> nic.addresses().stream()))
                .toList();
    }

    /** The address by which a host is part of its own site's LAN, of the given family. */
    public Optional<Ip> lanAddress(Host host, boolean v6) {
        List<Cidr> lan = siteOf(host).lan();
        return addresses(host).stream()
                .map(Cidr::address)
                .filter(address -> address.isV6() == v6)
                .filter(address -> lan.stream().anyMatch(prefix -> prefix.contains(address)))
                .findFirst();
    }
}
