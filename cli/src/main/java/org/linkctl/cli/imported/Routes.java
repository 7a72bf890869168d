package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.cli.imported.Tunnels.Between;
import org.linkctl.cli.imported.WireguardEnds.End;
import org.linkctl.dsl.write.Written.Word;
import org.linkctl.model.Route;
import org.linkctl.net.Cidr;
import org.linkctl.spi.Found;
import org.linkctl.spi.Found.Value;

/**
 * The routes over tunnels between two sites: what the ends allow each other beside the tunnel's own network is the LAN of
 * the other site, where both ends route it there.
 */
final class Routes {
    /** The tunnels between two sites that lead to LANs, and what speaks against a route over them; empty: nothing. */
    record Over(String site, String other, List<Between> tunnels, String why) {}

    private final Map<String, Set<Cidr>> lans = new LinkedHashMap<>();
    private final List<Over> all = new ArrayList<>();

    /** @param tunnels those that can be declared */
    Routes(List<Between> tunnels) {
        Map<String, List<Between>> bySites = new LinkedHashMap<>();
        for (Between one : tunnels) {
            if (behind(one.near()).isEmpty() && behind(one.far()).isEmpty()) continue;
            List<String> sites = new ArrayList<>(
                    List.of(one.near().host().site(), one.far().host().site()));
            sites.sort(null);
            bySites.computeIfAbsent(String.join("\n", sites), any -> new ArrayList<>())
                    .add(one);
        }
        bySites.values().forEach(these -> all.add(over(these)));
        for (Over one : all) if (one.why().isEmpty()) learn(one);
    }

    private static Set<Cidr> behind(End end) {
        return end.behind(end.only());
    }

    private static Over over(List<Between> tunnels) {
        Between first = tunnels.getFirst();
        String site = first.near().host().site();
        String other = first.far().host().site();
        return new Over(site, other, List.copyOf(tunnels), why(tunnels, site, other));
    }

    private static String why(List<Between> tunnels, String site, String other) {
        if (site.equals(other)) return "both ends are at the site " + site + ", and a route is between two";
        Map<String, Set<Cidr>> behind = new LinkedHashMap<>();
        for (Between tunnel : tunnels) {
            for (End end : List.of(tunnel.near(), tunnel.far())) {
                Set<Cidr> own = behind(end);
                if (own.isEmpty())
                    return end
                            + " allows its peer nothing but the tunnel's net, and the other end does: a route goes both ways";
                Set<Cidr> before = behind.putIfAbsent(end.host().site(), own);
                if (before != null && !before.equals(own))
                    return "the tunnels between " + site + " and " + other + " do not allow the same LANs: "
                            + Tunnels.texts(before) + " and " + Tunnels.texts(own);
            }
        }
        for (Between tunnel : tunnels) {
            for (End end : List.of(tunnel.near(), tunnel.far())) {
                String missing = missing(end, tunnels);
                if (!missing.isEmpty()) return missing;
            }
        }
        return "";
    }

    /** What is allowed has to be routed there, over all tunnels that the host is an end of. */
    private static String missing(End end, List<Between> tunnels) {
        Set<String> devices = new TreeSet<>();
        for (Between one : tunnels) if (one.endsOn(end.host().name())) devices.add(one.name());
        for (Cidr lan : behind(end)) {
            Set<String> over = new TreeSet<>();
            routed(end, lan).forEach(hop -> over.add(hop.device()));
            if (!over.equals(devices))
                return end.host().name()
                        + (over.isEmpty()
                                ? " has no route to " + lan
                                : " routes " + lan + " over " + String.join(", ", over))
                        + ", and its AllowedIPs lead there over " + String.join(", ", devices);
        }
        return "";
    }

    private static List<Found.Hop> routed(End end, Cidr lan) {
        return end.host()
                .of(Found.Routed.class)
                .filter(route -> route.prefix().equals(lan))
                .findFirst()
                .map(Found.Routed::hops)
                .orElse(List.of());
    }

    private void learn(Over route) {
        for (Between tunnel : route.tunnels()) {
            lans.computeIfAbsent(tunnel.far().host().site(), any -> new LinkedHashSet<>())
                    .addAll(behind(tunnel.near()));
            lans.computeIfAbsent(tunnel.near().host().site(), any -> new LinkedHashSet<>())
                    .addAll(behind(tunnel.far()));
        }
    }

    /** What is known of a site's LANs: what other sites send there. */
    List<String> lan(String site) {
        return lans.getOrDefault(site, Set.of()).stream().map(Cidr::toString).toList();
    }

    List<Over> all() {
        return List.copyOf(all);
    }

    /** Why a tunnel cannot be declared, since it leads where no route can be declared; empty: it can. */
    String why(Between tunnel) {
        return all.stream()
                .filter(one -> one.tunnels().contains(tunnel))
                .map(Over::why)
                .findFirst()
                .orElse("");
    }

    Word word(Over route, Notes notes) {
        Map<String, Value> attributes = new LinkedHashMap<>();
        attributes.put("between", Value.of(List.of(route.site(), route.other())));
        attributes.put(
                "via", Value.of(route.tunnels().stream().map(Between::name).toList()));
        Map<String, Value> weights = weights(route.tunnels().getFirst());
        if (!weights.isEmpty()) attributes.put("weights", new Value.Keyed(weights));
        Set<Route.Hash> hashes = new LinkedHashSet<>();
        for (Between tunnel : route.tunnels()) {
            hash(tunnel.near(), hashes);
            hash(tunnel.far(), hashes);
        }
        if (hashes.size() > 1)
            notes.add(
                    route.tunnels().getFirst().near().host().name(),
                    "route between " + route.site() + " and " + route.other()
                            + ": net.ipv4.fib_multipath_hash_policy differs at the two ends",
                    "a route has one hash:; L4 is declared");
        else if (hashes.contains(Route.Hash.L3)) attributes.put("hash", new Value.Constant(Route.Hash.L3));
        return Word.of("route", List.of(), attributes);
    }

    private static void hash(End end, Set<Route.Hash> out) {
        end.host().of(Found.Hash.class).map(Found.Hash::hash).forEach(out::add);
    }

    private static Map<String, Value> weights(Between first) {
        List<Found.Hop> hops =
                routed(first.near(), behind(first.near()).iterator().next());
        Map<String, Value> out = new LinkedHashMap<>();
        if (hops.stream().map(Found.Hop::weight).distinct().count() > 1)
            hops.forEach(hop -> out.put(hop.device(), Value.of(hop.weight())));
        return out;
    }
}
