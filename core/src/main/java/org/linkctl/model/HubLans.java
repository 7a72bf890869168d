package org.linkctl.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The LANs that a hub joins, as one of its hosts sees them: that of the hub's site, and those behind spokes and peers.
 * Each of them is reached from all others over the hub.
 *
 * @param near those on the host's own side
 * @param far those beyond the hub's interface
 */
public record HubLans(Hub hub, List<Cidr> near, List<Far> far) {
    /**
     * A LAN beyond the hub's interface.
     *
     * @param behind whose it is: a spoke, a peer, or the host or pair of the hub
     * @param via addresses in the hub's net of who passes packets on to it, one for each family
     */
    public record Far(Cidr lan, String behind, List<Cidr> via) {
        /** The address of the LAN's own family. */
        public @Nullable Ip gateway() {
            return of(via, lan.isV6());
        }

        private static @Nullable Ip of(List<Cidr> addresses, boolean v6) {
            return addresses.stream()
                    .filter(one -> one.isV6() == v6)
                    .map(Cidr::address)
                    .findFirst()
                    .orElse(null);
        }
    }

    public HubLans {
        near = List.copyOf(near);
        far = List.copyOf(far);
    }

    /** Those of a host, one for each of its hubs that joins LANs and of which this host's are one, or that has some of others. */
    public static List<HubLans> all(Fabric fabric, Host host) {
        List<HubLans> out = new ArrayList<>();
        for (Hub hub : fabric.hubs(host)) {
            Optional<HubLans> lans = fabric.isHub(hub, host)
                    ? called(fabric, hub)
                    : fabric.spoke(hub, host.name()).flatMap(spoke -> calling(fabric, hub, spoke));
            lans.ifPresent(out::add);
        }
        return List.copyOf(out);
    }

    /** All prefixes that a host's hubs lead to. */
    public static List<Cidr> farOf(Fabric fabric, Host host) {
        return all(fabric, host).stream()
                .flatMap(one -> one.far().stream())
                .map(Far::lan)
                .distinct()
                .toList();
    }

    private static Optional<HubLans> called(Fabric fabric, Hub hub) {
        List<Far> far = behind(fabric, hub, _ -> true);
        return far.isEmpty() ? Optional.empty() : Optional.of(new HubLans(hub, siteOf(fabric, hub), far));
    }

    /** What is behind other spokes of its own site it reaches there. Of a family that it has no address of, nothing comes back. */
    private static Optional<HubLans> calling(Fabric fabric, Hub hub, Hub.Spoke spoke) {
        List<Cidr> near = lan(fabric, spoke);
        if (near.isEmpty()) return Optional.empty();
        String site = site(fabric, spoke);
        Stream<Cidr> others = behind(fabric, hub, one -> !site.equals(site(fabric, one))).stream()
                .map(Far::lan);
        List<Far> far = Stream.concat(siteOf(fabric, hub).stream(), others)
                .map(lan -> new Far(lan, hub.on(), hub.addresses()))
                .filter(one -> spoke.address(one.lan().isV6()) != null && one.gateway() != null)
                .toList();
        return Optional.of(new HubLans(hub, near, far));
    }

    private static String site(Fabric fabric, Hub.Spoke spoke) {
        return fabric.host(spoke.host()).map(Host::site).orElse("");
    }

    private static List<Far> behind(Fabric fabric, Hub hub, Predicate<Hub.Spoke> counts) {
        List<Far> out = new ArrayList<>();
        for (Hub.Spoke one : hub.spokes()) {
            if (!counts.test(one)) continue;
            for (Cidr lan : lan(fabric, one)) out.add(new Far(lan, one.host(), one.addresses()));
        }
        for (Hub.Peer one : hub.peers()) {
            for (Cidr lan : one.lan()) if (lan.length() > 0) out.add(new Far(lan, one.name(), one.addresses()));
        }
        return out;
    }

    /** What lives behind a spoke; its site's LAN where it is said to be there. Everything is no LAN: the checks refuse it. */
    public static List<Cidr> lan(Fabric fabric, Hub.Spoke spoke) {
        if (!spoke.siteLan())
            return spoke.lan().stream().filter(lan -> lan.length() > 0).toList();
        return fabric.host(spoke.host())
                .filter(host -> fabric.hasSite(host.site()))
                .map(host -> fabric.siteOf(host).lan())
                .orElse(List.of());
    }

    /** The LAN of the site where the hub is. */
    public static List<Cidr> siteOf(Fabric fabric, Hub hub) {
        return fabric.hostsOf(hub.on()).stream()
                .filter(host -> fabric.hasSite(host.site()))
                .findFirst()
                .map(host -> fabric.siteOf(host).lan())
                .orElse(List.of());
    }

    /** All LANs of the hub but those behind one peer: what that one sends over the hub, and takes from it. */
    public static List<Cidr> beyond(Fabric fabric, Hub hub, Hub.Peer peer) {
        if (peer.lan().isEmpty()) return List.of();
        Set<Cidr> out = new LinkedHashSet<>(siteOf(fabric, hub));
        behind(fabric, hub, _ -> true).stream()
                .filter(one -> !one.behind().equals(peer.name()))
                .forEach(one -> out.add(one.lan()));
        return List.copyOf(out);
    }

    public List<Cidr> farLans() {
        return far.stream().map(Far::lan).toList();
    }

    /** Names the routes in ids, files and plans; {@link Route#label()} is another one, as the checks see to. */
    public String label() {
        return label(hub.name());
    }

    public static String label(String hub) {
        return "hub-" + hub;
    }
}
