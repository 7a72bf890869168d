package org.linkctl.modules.frr;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Scope;

/**
 * What a host has in its kernel by BGP.
 *
 * @param far the LANs that it learns
 * @param sources by family, IPv6 being true: the address that zebra gives their routes ("set src")
 * @param labels of the inventory's routes
 */
public record BgpRoutes(List<Cidr> far, Map<Boolean, Ip> sources, List<String> labels) {
    public BgpRoutes {
        far = List.copyOf(far);
        sources = Map.copyOf(sources);
        labels = List.copyOf(labels);
    }

    /** None: the host has no BGP. */
    public static Optional<BgpRoutes> of(Scope scope, String module, String frrPackage) {
        return BgpWant.of(scope, module, frrPackage).map(BgpRoutes::of);
    }

    private static BgpRoutes of(BgpWant want) {
        Map<Boolean, Ip> sources = new LinkedHashMap<>(want.sources());
        Set<Cidr> far = new TreeSet<>(want.far());
        sources.keySet().removeIf(v6 -> far.stream().noneMatch(lan -> lan.isV6() == v6));
        return new BgpRoutes(List.copyOf(far), sources, want.labels());
    }

    /** The command of FRR by which routes of BGP get their source address. */
    public static String map(boolean v6) {
        return BgpLines.protocol(v6);
    }
}
