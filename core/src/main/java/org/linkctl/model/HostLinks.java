package org.linkctl.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.net.Prefixes;

/** What a fabric declares for hosts of one name, each kind in the declared order. */
final class HostLinks {
    static final HostLinks NONE = new HostLinks();

    final List<Bond> bonds = new ArrayList<>();
    final List<Nic> nics = new ArrayList<>();
    final List<Vlan> vlans = new ArrayList<>();
    final List<Bridge> bridges = new ArrayList<>();
    final List<Sysctl> sysctls = new ArrayList<>();
    final List<HostIntent> others = new ArrayList<>();
    final List<Tunnel> tunnels = new ArrayList<>();
    final List<Hub> hubs = new ArrayList<>();
    final List<Firewall> firewalls = new ArrayList<>();
    final List<Vip> vips = new ArrayList<>();
    final List<StateSync> stateSyncs = new ArrayList<>();
    final List<ProxyArp> proxyArps = new ArrayList<>();
    final List<Balance> balances = new ArrayList<>();
    final List<Publish> publishes = new ArrayList<>();

    private List<Link> links = List.of();
    private List<String> interfaces = List.of();
    private List<Cidr> addresses = List.of();
    private final Map<String, List<Cidr>> byDevice = new HashMap<>();
    /** The two of these are made when they are first asked for; several threads may do so at once, to the same end. */
    private volatile @Nullable Map<Ip, String> holders;

    private volatile @Nullable Prefixes<String> networks;

    /**
     * Once all is declared.
     *
     * @param hubAddresses what the host has on each of its hubs
     */
    void settle(String host, List<List<Cidr>> hubAddresses) {
        links = Stream.of(bonds, nics, vlans, bridges)
                .<Link>flatMap(List::stream)
                .toList();
        interfaces = Stream.of(
                        links.stream().map(Link::name),
                        tunnels.stream().map(Tunnel::name),
                        hubs.stream().map(Hub::name))
                .flatMap(names -> names)
                .toList();
        addresses = links.stream().flatMap(link -> link.addresses().stream()).toList();
        for (Link link : links) on(link.name()).addAll(link.addresses());
        for (Tunnel tunnel : tunnels) {
            on(tunnel.name()).addAll(tunnel.endOn(host).addresses());
        }
        for (int i = 0; i < hubs.size(); i++) on(hubs.get(i).name()).addAll(hubAddresses.get(i));
        byDevice.replaceAll((_, all) -> List.copyOf(all));
    }

    private List<Cidr> on(String device) {
        return byDevice.computeIfAbsent(device, _ -> new ArrayList<>());
    }

    List<String> interfaces() {
        return interfaces;
    }

    /** Bonds, NICs, VLANs and bridges, each kind in the declared order. */
    List<Link> links() {
        return links;
    }

    /** Those of all links: tunnels and hubs left out. */
    List<Cidr> addresses() {
        return addresses;
    }

    List<Cidr> addresses(String device) {
        return byDevice.getOrDefault(device, List.of());
    }

    /** The interface that has an address, by a vip before any other. */
    Optional<String> holder(Ip address) {
        Map<Ip, String> known = holders;
        if (known == null) {
            Map<Ip, String> made = new HashMap<>();
            for (Vip vip : vips) for (Cidr one : vip.addresses()) made.putIfAbsent(one.address(), vip.on());
            for (String device : interfaces) {
                for (Cidr one : addresses(device)) made.putIfAbsent(one.address(), device);
            }
            holders = made;
            known = made;
        }
        return Optional.ofNullable(known.get(address));
    }

    /** The first interface on whose network an address is. */
    Optional<String> towards(Ip address) {
        Prefixes<String> known = networks;
        if (known == null) {
            Prefixes<String> made = new Prefixes<>();
            interfaces.stream().distinct().forEach(device -> addresses(device).forEach(own -> made.add(own, device)));
            networks = made;
            known = made;
        }
        return known.containing(address).stream().findFirst();
    }
}
