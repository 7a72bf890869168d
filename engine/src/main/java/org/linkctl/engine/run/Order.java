package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Stages;
import org.linkctl.engine.Stages.Cut;
import org.linkctl.engine.Stages.How;
import org.linkctl.engine.Stages.Stage;
import org.linkctl.model.Host;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Role;

/**
 * Puts the changes of paths into stages: pure. A path that is cut, or made, is drained first where traffic has another;
 * one that is changed without being cut is changed apart from the others, so that a mistake is seen at the first.
 */
final class Order {
    private final Map<String, Seen> hosts = new TreeMap<>();
    private final Map<String, List<Found>> byPath = new TreeMap<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();

    /**
     * What is known of a host in the run.
     *
     * @param spreading by the resources that spread traffic and are there already, the paths of each
     * @param role the part that it plays beside another host
     */
    record Seen(HostPlan plan, Map<String, Set<String>> spreading, Optional<Role> role) {}

    /** Where the ends of paths are. */
    interface Ends {
        /** The names of the hosts; none for a path that is declared no more. */
        Set<String> of(String path);
    }

    private record Found(Host host, HostPlan.Item item) {}

    private Order(Collection<Seen> all) {
        for (Seen seen : all) {
            Host host = seen.plan().host();
            hosts.put(host.name(), seen);
            for (HostPlan.Item item : seen.plan().items()) {
                item.ways()
                        .path()
                        .filter(path -> item.isLive())
                        .ifPresent(path -> byPath.computeIfAbsent(path, name -> new ArrayList<>())
                                .add(new Found(host, item)));
            }
        }
    }

    static Stages of(Collection<Seen> hosts, Ends ends) {
        Order order = new Order(hosts);
        Set<String> made = new LinkedHashSet<>();
        order.byPath.forEach((path, items) -> {
            if (items.stream().anyMatch(found -> !found.item().ways().exists())) made.add(path);
        });
        order.made(made, ends);
        order.byPath.forEach((path, items) -> {
            if (!made.contains(path)) order.changed(path, items, made, ends.of(path));
        });
        order.pairs(hosts);
        for (Seen seen : hosts) if (seen.role().isEmpty()) order.elsewhere(seen.plan());
        return new Stages(order.stages, order.cuts);
    }

    /** What is new carries nothing yet: all of it at once, and it joins the others when it works. */
    private void made(Set<String> made, Ends ends) {
        Set<String> paths = new LinkedHashSet<>();
        Set<String> at = new LinkedHashSet<>();
        for (String path : made) {
            if (!carried(path, ends.of(path))
                    || !apart(path, made, ends.of(path)).isEmpty()) continue;
            paths.add(path);
            at.addAll(ends.of(path));
        }
        if (!paths.isEmpty()) stages.add(new Stage(List.copyOf(paths), List.copyOf(at), How.MADE));
    }

    private void changed(String path, List<Found> items, Set<String> made, Set<String> ends) {
        List<String> at = inOrder(items, ends);
        boolean cut = items.stream().anyMatch(found -> found.item().cutsTraffic());
        String why = apart(path, made, ends);
        // What is declared no more has left the routes before.
        boolean drained = ends.isEmpty() || (cut && why.isEmpty());
        stages.add(new Stage(List.of(path), at, drained ? How.DRAINED : How.IN_PLACE));
        if (drained) return;
        for (Found found : items) cut(found.host(), found.item(), why);
    }

    /**
     * First the ends that are cut, then those that only follow. A WireGuard peer takes the address that the last packet
     * came from for the other's (wg(8), "endpoint"): told of a new port before that is in use, it would go back to the
     * old one, and stay there.
     */
    private static List<String> inOrder(List<Found> items, Set<String> ends) {
        Set<String> out = new LinkedHashSet<>();
        items.stream()
                .filter(found -> found.item().cutsTraffic())
                .forEach(found -> out.add(found.host().name()));
        items.forEach(found -> out.add(found.host().name()));
        out.addAll(ends);
        return List.copyOf(out);
    }

    private boolean carried(String path, Set<String> ends) {
        return ends.stream()
                .anyMatch(
                        host -> hosts.containsKey(host) && !carrying(host, path).isEmpty());
    }

    private List<Set<String>> carrying(String host, String path) {
        Seen seen = hosts.get(host);
        if (seen == null) return List.of();
        return seen.spreading().values().stream()
                .filter(paths -> paths.contains(path))
                .toList();
    }

    /** Why traffic cannot be kept off a path; empty where it can. */
    private String apart(String path, Set<String> made, Set<String> ends) {
        for (String host : ends) {
            if (!hosts.containsKey(host)) return "its end on " + host + " is not in this run";
            List<Set<String>> carrying = carrying(host, path);
            if (carrying.isEmpty()) return "nothing on " + host + " can send its traffic another way";
            for (Set<String> paths : carrying) {
                if (paths.stream().allMatch(one -> one.equals(path) || made.contains(one)))
                    return "it is the only path that " + host + " has";
            }
        }
        return "";
    }

    /**
     * Of two hosts of which one stands in for the other: whoever stands by first, which cuts nothing; then the other, once
     * it has given its role away.
     */
    private void pairs(Collection<Seen> all) {
        for (Seen seen : all)
            seen.role().filter(role -> !role.active()).ifPresent(role -> whole(seen, How.STANDING_BY));
        for (Seen seen : all)
            seen.role().filter(Role::active).ifPresent(role -> whole(seen, role.yields() ? How.DRAINED : How.IN_PLACE));
    }

    private void whole(Seen seen, How how) {
        HostPlan plan = seen.plan();
        String path = Resource.through(plan.host().name());
        List<HostPlan.Item> items =
                plan.items().stream().filter(item -> item.isOf(path)).toList();
        if (items.stream().noneMatch(HostPlan.Item::acts)) return;
        stages.add(new Stage(List.of(path), List.of(plan.host().name()), how));
        if (how == How.IN_PLACE)
            items.forEach(item -> cut(plan.host(), item, "connections would be lost if the other host took over"));
    }

    /** What is no path, or carries no other traffic than its own. */
    private void elsewhere(HostPlan plan) {
        for (HostPlan.Item item : plan.items()) {
            if (item.ways().path().isEmpty()) cut(plan.host(), item, "");
        }
    }

    private void cut(Host host, HostPlan.Item item, String why) {
        item.changes().stream()
                .filter(change -> change.isCut())
                .forEach(change ->
                        cuts.add(new Cut(host.name(), item.resource(), change.subject(), change.seconds(), why)));
    }
}
