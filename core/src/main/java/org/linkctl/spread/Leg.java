package org.linkctl.spread;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;

/**
 * How one end's encrypted packets leave their host: by which bond, from and to which addresses, as that host sees
 * them (before any NAT on the way).
 */
public record Leg(Bond bond, Ip source, Ip destination) {
    /** A leg, or why there is none to tell. */
    public record Found(@Nullable Leg leg, String why) {
        static Found none(String why) {
            return new Found(null, why);
        }
    }

    /**
     * The leg towards an endpoint. The bond is the one that holds an address in the endpoint's net, else the only
     * declared interface with an address of its family.
     *
     * @param endpoint as declared for the far end; null where this end is only called
     */
    public static Found towards(Fabric fabric, Host host, @Nullable String endpoint) {
        List<Bond> bonds = fabric.of(Bond.class, host);
        if (bonds.isEmpty()) return Found.none("no bond");
        if (endpoint == null) return Found.none("the far end has no endpoint: only the host learns its address");
        Optional<Ip> far = Ip.parse(endpoint);
        if (far.isEmpty()) return Found.none("the endpoint '" + endpoint + "' is a name");
        return bonds.stream()
                .filter(bond -> bond.addresses().stream().anyMatch(address -> address.contains(far.get())))
                .findFirst()
                .or(() -> onlyWay(fabric, host, far.get().isV6()))
                .map(bond -> on(bond, far.get()))
                .orElseGet(() -> Found.none("several interfaces could lead to " + far.get()));
    }

    private static Optional<Bond> onlyWay(Fabric fabric, Host host, boolean v6) {
        boolean byOther = fabric.links(host).stream()
                .filter(link -> !(link instanceof Bond))
                .anyMatch(link -> link.addresses().stream().anyMatch(address -> address.isV6() == v6));
        List<Bond> bonds = fabric.of(Bond.class, host).stream()
                .filter(bond -> bond.addresses().stream().anyMatch(address -> address.isV6() == v6))
                .toList();
        return byOther || bonds.size() != 1 ? Optional.empty() : Optional.of(bonds.getFirst());
    }

    private static Found on(Bond bond, Ip far) {
        Optional<Ip> source = bond.addresses().stream()
                .sorted((a, b) -> Boolean.compare(b.contains(far), a.contains(far)))
                .map(Cidr::address)
                .filter(address -> address.isV6() == far.isV6())
                .findFirst();
        return source.map(address -> new Found(new Leg(bond, address, far), ""))
                .orElseGet(() -> Found.none(bond.name() + " has no address of the endpoint's family"));
    }

    /** The member that a tunnel with these ports leaves by; empty where the bond's hash does not look at ports. */
    public Optional<Integer> member(int ownPort, int farPort) {
        return hashed(source, destination, ownPort, farPort);
    }

    /** The member that it would be answered by, if the switch hashes as the kernel does. */
    Optional<Integer> arrival(int ownPort, int farPort) {
        return hashed(destination, source, farPort, ownPort);
    }

    /** Whether the bond chooses a member by the ports. */
    boolean isByPorts() {
        return bond.hash() == Bond.XmitHash.LAYER3_4 && bond.mode() != Bond.Mode.ACTIVE_BACKUP;
    }

    private Optional<Integer> hashed(Ip from, Ip to, int fromPort, int toPort) {
        return isByPorts()
                ? Optional.of(BondHash.member(
                        from, to, fromPort, toPort, bond.members().size()))
                : Optional.empty();
    }
}
