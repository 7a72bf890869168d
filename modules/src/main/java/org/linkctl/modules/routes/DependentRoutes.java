package org.linkctl.modules.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Cidr;
import org.linkctl.net.Ip;
import org.linkctl.spi.Change;

/**
 * Routes that go with an interface or an address, of whichever table, and what takes their place: an interface that goes
 * down loses all of its own, and one that becomes a bond's member is no way of its own any more (ip-route(8), bonding.rst,
 * lagg(4)). linkctl sets none of them again, so the plan names each. Those of routing daemons are not among them: a daemon
 * sets its own again, and a full table of the Internet's is larger than an answer may be.
 *
 * @param unread what of the routes could not be read, and why; empty: nothing
 */
public record DependentRoutes(List<Hop> hops, ManagementSession session, List<String> unread) {
    /** How long the way to a network is missing until the bond has an address there, in seconds, about. */
    private static final int MOVED = 5;

    public static final DependentRoutes NONE = new DependentRoutes(List.of(), ManagementSession.UNKNOWN, List.of());

    public DependentRoutes {
        hops = List.copyOf(hops);
        unread = List.copyOf(unread);
    }

    /**
     * A route, or one of several next hops of one.
     *
     * @param prefix the destination; that of all addresses for the default route
     * @param table {@code main} or another
     * @param via null: straight onto the device
     * @param several it is one of several next hops
     */
    public record Hop(
            Cidr prefix,
            String table,
            @Nullable Ip via,
            String device,
            @Nullable Ip source,
            boolean several) {
        /** Whether it goes with some addresses of its interface, though others stay. */
        private boolean goesWith(List<Cidr> gone, List<Cidr> staying) {
            boolean loses = gone.stream().anyMatch(one -> one.address().equals(source))
                    && staying.stream().noneMatch(one -> one.address().equals(source));
            return loses
                    || (gone.stream().anyMatch(this::isNear) && staying.stream().noneMatch(this::isNear));
        }

        /** It is the network of an address, or its gateway is there. */
        private boolean isNear(Cidr address) {
            return via == null
                    ? prefix.equals(address.network())
                    : address.network().contains(via);
        }

        public String shown() {
            String to = prefix.length() == 0 ? (prefix.isV6() ? "IPv6 default" : "default") : prefix.toString();
            return to + (via == null ? "" : " via " + via) + " dev " + device
                    + (table.equals("main") ? "" : " table " + table);
        }

        private boolean isBeside(Hop other) {
            return prefix.equals(other.prefix) && table.equals(other.table);
        }
    }

    /**
     * What goes where interfaces are used up.
     *
     * @param devices they lose all routes
     * @param heir what takes their place; null: nothing does
     * @param addresses that it shall have
     */
    public List<Change> withDevices(Collection<String> devices, @Nullable String heir, List<Cidr> addresses) {
        return changes(hop -> devices.contains(hop.device()), heir, addresses);
    }

    /** What goes with addresses of an interface that has others or gets them: one in the same network brings its route again. */
    public List<Change> withAddresses(String device, List<Cidr> gone, List<Cidr> staying) {
        return changes(hop -> hop.device().equals(device) && hop.goesWith(gone, staying), device, staying);
    }

    /** By which route of the main table an address is reached. */
    public Optional<Hop> towards(Ip address) {
        return hops.stream()
                .filter(hop -> hop.table().equals("main") && hop.prefix().contains(address))
                .max(Comparator.comparingInt(hop -> hop.prefix().length()));
    }

    /** The others alone. */
    public DependentRoutes without(Predicate<Hop> which) {
        return new DependentRoutes(going(which.negate()), session, unread);
    }

    private List<Hop> going(Predicate<Hop> which) {
        return hops.stream().filter(which).toList();
    }

    private List<Change> changes(Predicate<Hop> which, @Nullable String heir, List<Cidr> addresses) {
        Set<Change> out = new LinkedHashSet<>();
        for (Hop hop : going(which)) {
            Optional<String> instead = instead(hop, which, heir, addresses);
            Change change = Change.state("route " + hop.shown(), "present", instead.orElse(null));
            out.add(instead.isPresent() ? change.cuts(MOVED) : change.cuts());
        }
        return List.copyOf(out);
    }

    /** What packets take then. */
    private Optional<String> instead(Hop hop, Predicate<Hop> which, @Nullable String heir, List<Cidr> addresses) {
        for (Cidr address : addresses) {
            if (hop.via() == null && address.network().equals(hop.prefix()))
                return Optional.of("that of " + heir + ", by its address " + address);
        }
        return hops.stream()
                .filter(other -> other.isBeside(hop) && !which.test(other))
                .findFirst()
                .map(other -> (other.several() ? "the other next hop " : "") + other.shown());
    }

    /** Where the session itself comes by what goes; what nothing replaces; where it cannot be told what goes. */
    public List<String> warnings(
            Collection<Change> changes, Collection<Cidr> gone, @Nullable String heir, List<Cidr> addresses) {
        List<String> out = new ArrayList<>();
        if (!unread.isEmpty() && !(gone.isEmpty() && changes.isEmpty())) {
            out.add("which routes go cannot be told, since not all of them could be read: "
                    + String.join("; ", unread)
                    + ". Those by what goes are lost, and linkctl sets none of them again");
        }
        List<String> lost = changes.stream()
                .filter(change -> change.subject().startsWith("route ") && change.after() == null)
                .map(change -> change.subject().substring("route ".length()))
                .toList();
        if (!lost.isEmpty()) {
            out.add("nothing replaces " + String.join(", ", lost)
                    + ": linkctl sets no such route. Have whatever configures" + " the network at boot set it over "
                    + (heir == null ? "what stays" : heir));
        }
        for (Cidr address : gone) {
            if (!session.comesTo(address.address())) continue;
            boolean kept = addresses.stream().anyMatch(one -> one.address().equals(address.address()));
            out.add("linkctl's own session comes to " + address.address() + ", which goes"
                    + (kept
                            ? " and comes back on " + heir
                            : " for good: the host will be out of reach there, and undoes the change by itself"));
        }
        session.client()
                .ifPresent(client -> towards(client)
                        .filter(hop -> lost.contains(hop.shown()))
                        .ifPresent(hop -> out.add(
                                "what linkctl's own session sends back to " + client + " leaves by " + hop.shown()
                                        + ", which goes: unless something else leads there, the host is out of reach and undoes the"
                                        + " change by itself")));
        return out;
    }
}
