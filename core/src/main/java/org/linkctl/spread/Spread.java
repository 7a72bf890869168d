package org.linkctl.spread;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.model.Bond;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Published;

/** What the bonds of a fabric will do with its tunnels. */
public final class Spread {
    /** How far from a colliding port another is looked for. */
    private static final int NEARBY = 64;

    private Spread() {}

    /**
     * For every tunnel, the member that each end with a bond is expected to leave by.
     *
     * @param published where {@code bond.NAME.members} tells the kernel's own order
     */
    public static List<Departure> departures(Fabric fabric, Published published) {
        List<Departure> out = new ArrayList<>();
        for (Tunnel tunnel : fabric.tunnels()) {
            for (Tunnel.End end : tunnel.ends()) {
                fabric.host(end.host())
                        .filter(host -> !fabric.of(Bond.class, host).isEmpty())
                        .ifPresent(host -> out.add(departure(fabric, published, tunnel, host)));
            }
        }
        return List.copyOf(out);
    }

    private static Departure departure(Fabric fabric, Published published, Tunnel tunnel, Host host) {
        Tunnel.End own = tunnel.endOn(host.name());
        Tunnel.End far = tunnel.farFrom(host.name());
        Leg.Found found = Leg.towards(fabric, host, far.endpoint());
        Leg leg = found.leg();
        if (leg == null) return new Departure(tunnel.name(), host.name(), null, null, found.why());
        Bond bond = leg.bond();
        Optional<Integer> index = leg.member(own.port(), far.port());
        if (index.isEmpty()) {
            String why = "under " + bond.hash().kernel() + " all tunnels between two hosts share one member";
            return new Departure(tunnel.name(), host.name(), bond.name(), null, why);
        }
        String name = published
                .plain(host.name(), "bond." + bond.name() + ".members")
                .map(text -> Arrays.asList(text.strip().split("\\s+")))
                .filter(members -> members.size() == bond.members().size())
                .map(members -> members.get(index.get()))
                .orElse("#" + index.get());
        return new Departure(tunnel.name(), host.name(), bond.name(), name, "");
    }

    /** A warning for every tunnel whose declared ports put it on a member that another uses while one lies idle. */
    public static List<Diagnostic> collisions(Fabric fabric) {
        List<Diagnostic> out = new ArrayList<>();
        for (Host host : fabric.hosts()) {
            Map<String, List<Sent>> byBond = new LinkedHashMap<>();
            for (Tunnel tunnel : fabric.tunnels(host)) {
                Leg leg = leg(fabric, host, tunnel);
                if (leg == null) continue;
                int own = tunnel.endOn(host.name()).port();
                int far = tunnel.farFrom(host.name()).port();
                leg.member(own, far)
                        .ifPresent(member -> byBond.computeIfAbsent(leg.bond().name(), key -> new ArrayList<>())
                                .add(new Sent(tunnel, leg, member)));
            }
            byBond.values().forEach(all -> collisions(fabric, host, all, out));
        }
        return List.copyOf(out);
    }

    /** A tunnel, and the member that it leaves by. */
    private record Sent(Tunnel tunnel, Leg leg, int member) {}

    /** Of the tunnels that leave by one bond. A member counts as used as soon as a warning has named a port that uses it. */
    private static void collisions(Fabric fabric, Host host, List<Sent> all, List<Diagnostic> out) {
        Set<Integer> used = new HashSet<>();
        for (Sent sent : all) used.add(sent.member());
        Map<Integer, Tunnel> first = new HashMap<>();
        for (Sent sent : all) {
            Tunnel other = first.putIfAbsent(sent.member(), sent.tunnel());
            if (other != null && used.size() < sent.leg().bond().members().size())
                out.add(warning(fabric, host, sent.tunnel(), other, sent.leg(), used));
        }
    }

    private static @Nullable Leg leg(Fabric fabric, Host host, Tunnel tunnel) {
        return Leg.towards(fabric, host, tunnel.farFrom(host.name()).endpoint()).leg();
    }

    private static Diagnostic warning(
            Fabric fabric, Host host, Tunnel tunnel, Tunnel other, Leg leg, Set<Integer> used) {
        String summary = "'" + other.name() + "' and '" + tunnel.name() + "' leave " + host.name()
                + " by the same member of " + leg.bond().name();
        Tunnel.End far = tunnel.farFrom(host.name());
        Optional<Integer> better = better(host, tunnel, other, leg, used, taken(fabric, far.host()));
        if (better.isEmpty()) return Diagnostic.warning(tunnel.at(), summary);
        leg.member(tunnel.endOn(host.name()).port(), better.get()).ifPresent(used::add);
        return Diagnostic.warning(tunnel.at(), summary)
                .detail("port " + better.get() + " instead of " + far.port() + " on " + far.host() + " for '"
                        + tunnel.name() + "' would leave by another");
    }

    /** The ports of a host's tunnels. */
    private static Set<Integer> taken(Fabric fabric, String host) {
        Set<Integer> out = new HashSet<>();
        fabric.host(host)
                .ifPresent(one -> fabric.tunnels(one)
                        .forEach(tunnel -> out.add(tunnel.endOn(host).port())));
        return out;
    }

    /** The nearest port that leaves by an idle member, rather one that does not come back by the other tunnel's. */
    private static Optional<Integer> better(
            Host host, Tunnel tunnel, Tunnel other, Leg leg, Set<Integer> used, Set<Integer> taken) {
        int own = tunnel.endOn(host.name()).port();
        int far = tunnel.farFrom(host.name()).port();
        Optional<Integer> back = leg.arrival(
                other.endOn(host.name()).port(), other.farFrom(host.name()).port());
        List<Integer> idle = IntStream.rangeClosed(far + 1, Math.min(65_535, far + NEARBY))
                .filter(port -> !taken.contains(port))
                .filter(port -> leg.member(own, port)
                        .filter(member -> !used.contains(member))
                        .isPresent())
                .boxed()
                .toList();
        return idle.stream()
                .filter(port -> !leg.arrival(own, port).equals(back))
                .findFirst()
                .or(() -> idle.stream().findFirst());
    }
}
