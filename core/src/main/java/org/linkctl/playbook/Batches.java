package org.linkctl.playbook;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;

/** Hosts in batches of which no two members stand in for each other. */
public final class Batches {
    private Batches() {}

    /** How many hosts are in a batch at most. */
    public sealed interface Size {
        /** So many. */
        record Hosts(int most) implements Size {}

        /**
         * This share of the hosts of each site, rounded down, and one of each at least.
         *
         * @param percent from 1 to 100
         */
        record Share(int percent) implements Size {}
    }

    private static boolean isFull(Fabric fabric, List<Host> batch, Host next, Size size) {
        return switch (size) {
            case Size.Hosts(int most) -> batch.size() >= most;
            case Size.Share(int percent) -> {
                long all = fabric.hosts().stream()
                        .filter(host -> host.site().equals(next.site()))
                        .count();
                long taken = batch.stream()
                        .filter(host -> host.site().equals(next.site()))
                        .count();
                yield taken >= Math.max(1, all * percent / 100);
            }
        };
    }

    /**
     * The hosts in their order, at most so many at once: never hosts without which none is left of those that stand in for
     * each other ({@link Substitutes}), nor hosts that together carry all tunnels between two sites.
     */
    public static List<List<Host>> of(Fabric fabric, List<Host> hosts, Size size) {
        List<Host> left = new ArrayList<>(new LinkedHashSet<>(hosts));
        List<List<Host>> batches = new ArrayList<>();
        List<Substitutes> groups = Substitutes.of(fabric);
        while (!left.isEmpty()) {
            List<Host> batch = new ArrayList<>();
            for (Host host : left) {
                if (batch.isEmpty() || (!isFull(fabric, batch, host, size) && mayJoin(fabric, groups, batch, host)))
                    batch.add(host);
            }
            left.removeAll(batch);
            batches.add(List.copyOf(batch));
        }
        return batches;
    }

    private static boolean mayJoin(Fabric fabric, List<Substitutes> groups, List<Host> batch, Host host) {
        Set<String> before = new LinkedHashSet<>();
        batch.forEach(one -> before.add(one.name()));
        Set<String> names = new LinkedHashSet<>(before);
        names.add(host.name());
        // What either of them ends alone ends no more for it.
        boolean ends = groups.stream()
                .anyMatch(group -> group.isLost(names) && !group.isLost(before) && !group.isLost(Set.of(host.name())));
        return !ends && fabric.routes(host).stream().allMatch(route -> isLeft(fabric, route, names));
    }

    /** Whether a tunnel of the route ends on none of these hosts. */
    private static boolean isLeft(Fabric fabric, Route route, Set<String> hosts) {
        return route.via().stream()
                .flatMap(name -> fabric.tunnelsNamed(name).stream())
                .anyMatch(tunnel -> hosts.stream().noneMatch(tunnel::touches));
    }
}
