package org.linkctl.model;

import java.util.ArrayList;
import java.util.Collections;
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

    private final List<Intent> declared = new ArrayList<>();
    private final Map<Class<?>, List<Intent>> kinds = new HashMap<>();
    final List<Tunnel> tunnels = new ArrayList<>();
    final List<Hub> hubs = new ArrayList<>();

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
        links = Stream.of(Bond.class, Nic.class, Vlan.class, Bridge.class)
                .<Link>flatMap(kind -> all(kind).stream())
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

    void add(Intent intent) {
        declared.add(intent);
        kinds.computeIfAbsent(intent.getClass(), _ -> new ArrayList<>()).add(intent);
    }

    /** Those of one class, or of all that implement an interface. */
    @SuppressWarnings("unchecked") // each list has things of its own class alone
    <T extends Intent> List<T> all(Class<T> kind) {
        if (kind.isInterface())
            return declared.stream().filter(kind::isInstance).map(kind::cast).toList();
        return (List<T>) Collections.unmodifiableList(kinds.getOrDefault(kind, List.of()));
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
            for (Vip vip : all(Vip.class)) for (Cidr one : vip.addresses()) made.putIfAbsent(one.address(), vip.on());
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
