package org.linkctl.modules.pairs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.StateSync;
import org.linkctl.model.Vip;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * The own addresses of the two hosts of a pair on one network: where they hear each other.
 *
 * @param self this host's
 * @param peer the other one's
 */
public record PairEnds(Ip self, Ip peer) {
    /** The other host of the pair; empty for a host that is in none. */
    public static Optional<Host> other(Fabric fabric, Host host) {
        return fabric.pairs().stream()
                .filter(pair -> pair.hosts().contains(host.name()))
                .map(Pair::name)
                .flatMap(pair -> fabric.hostsOf(pair).stream())
                .filter(one -> !one.equals(host))
                .findFirst();
    }

    /** Of one address family, on an interface; two that are on one network where there are such. */
    public static Optional<PairEnds> on(Fabric fabric, Host host, String device, boolean v6) {
        Host other = other(fabric, host).orElse(null);
        if (other == null) return Optional.empty();
        // Both take the same two, in whatever order their addresses are declared: each hears the other by that one
        // alone.
        if (host.name().compareTo(other.name()) > 0) {
            return on(fabric, other, device, v6).map(PairEnds::asTheOtherHasThem);
        }
        List<Cidr> here = of(fabric, host, device, v6);
        List<Cidr> there = of(fabric, other, device, v6);
        if (here.isEmpty() || there.isEmpty()) return Optional.empty();
        for (Cidr own : here) {
            for (Cidr theirs : there) {
                if (own.contains(theirs.address())) return Optional.of(new PairEnds(own.address(), theirs.address()));
            }
        }
        return Optional.of(
                new PairEnds(here.getFirst().address(), there.getFirst().address()));
    }

    /** By IPv4, on the network that is for nothing but the pair, where there is one, or on that of a vip. */
    public static Optional<PairEnds> between(Fabric fabric, Host host, List<Vip> vips) {
        List<String> devices = new ArrayList<>();
        fabric.one(StateSync.class, host).ifPresent(sync -> devices.add(sync.on()));
        vips.forEach(vip -> devices.add(vip.on()));
        return devices.stream()
                .flatMap(device -> on(fabric, host, device, false).stream())
                .findFirst();
    }

    private static List<Cidr> of(Fabric fabric, Host host, String device, boolean v6) {
        return fabric.addresses(host, device).stream()
                .filter(address -> address.isV6() == v6)
                .toList();
    }

    private PairEnds asTheOtherHasThem() {
        Ip here = peer;
        Ip there = self;
        return new PairEnds(here, there);
    }
}
