package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Stages;
import org.linkctl.engine.Stages.Cut;
import org.linkctl.engine.Stages.Mode;
import org.linkctl.engine.Stages.Stage;
import org.linkctl.engine.run.TrafficState.Spreading;
import org.linkctl.model.Host;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Role;

/**
 * Puts the changes of paths into stages; pure. A path that is interrupted, or is new, is drained first where traffic
 * has another path; one that is changed without interruption is changed apart from the others, so that a defect shows
 * at the first.
 */
final class StagePlanner {
    private final Map<String, HostState> hosts = new TreeMap<>();
    private final Map<String, List<PathItem>> byPath = new TreeMap<>();
    private final List<Stage> stages = new ArrayList<>();
    private final List<Cut> cuts = new ArrayList<>();

    /**
     * The state of a host in the run.
     *
     * @param spreading what each resource that distributes traffic and exists already goes over
     * @param role its role in a pair
     */
    record HostState(HostPlan plan, List<Spreading> spreading, Optional<Role> role) {}

    /** The ends of paths. */
    interface Ends {
        /** The names of the hosts; empty for a path that is no longer declared. */
        Set<String> of(String path);
    }

    private record PathItem(Host host, HostPlan.Item item) {}

    private StagePlanner(Collection<HostState> all) {
        for (HostState state : all) {
            Host host = state.plan().host();
            hosts.put(host.name(), state);
            for (HostPlan.Item item : state.plan().items()) {
                item.paths()
                        .path()
                        .filter(path -> item.isLive())
                        .ifPresent(path -> byPath.computeIfAbsent(path, name -> new ArrayList<>())
                                .add(new PathItem(host, item)));
            }
        }
    }

    static Stages of(Collection<HostState> hosts, Ends ends) {
        StagePlanner order = new StagePlanner(hosts);
        Set<String> made = new LinkedHashSet<>();
        order.byPath.forEach((path, items) -> {
            if (items.stream().anyMatch(found -> !found.item().paths().exists())) made.add(path);
        });
        order.newPaths(made, ends);
        // What is dead first: then the others have it to go over while they are changed.
        Set<String> dead = order.dead(ends);
        for (boolean first : new boolean[] {true, false}) {
            order.byPath.forEach((path, items) -> {
                if (!made.contains(path) && dead.contains(path) == first)
                    order.changedPath(path, items, made, ends.of(path));
            });
        }
        order.pairs(hosts);
        for (HostState state : hosts) if (state.role().isEmpty()) order.cutsOutsidePaths(state.plan());
        return new Stages(order.stages, order.cuts);
    }

    /** New paths carry no traffic yet: they are made in one stage, and get traffic when they work. */
    private void newPaths(Set<String> made, Ends ends) {
        Set<String> paths = new LinkedHashSet<>();
        Set<String> at = new LinkedHashSet<>();
        for (String path : made) {
            if (!carriesTraffic(path, ends.of(path))
                    || !whyNotDrainable(path, made, ends.of(path)).isEmpty()) continue;
            paths.add(path);
            at.addAll(ends.of(path));
        }
        if (!paths.isEmpty()) stages.add(new Stage(List.copyOf(paths), List.copyOf(at), Mode.NEW));
    }

    private void changedPath(String path, List<PathItem> items, Set<String> made, Set<String> ends) {
        List<String> at = endsInOrder(items, ends);
        boolean cut = items.stream().anyMatch(found -> found.item().cutsTraffic());
        String why = whyNotDrainable(path, made, ends);
        // A path that is no longer declared has left the routes before.
        boolean drained = ends.isEmpty() || (cut && why.isEmpty());
        stages.add(new Stage(List.of(path), at, drained ? Mode.DRAINED : Mode.IN_PLACE));
        if (drained) return;
        for (PathItem found : items) cut(found.host(), found.item(), why);
    }

    /**
     * The ends in the order in which they change: first those that are interrupted, then those that follow. A WireGuard
     * peer takes the source address of the last authenticated packet as the endpoint (wg(8), "endpoint"): told of a new
     * port before it is in use, it would return to the old one.
     */
    private static List<String> endsInOrder(List<PathItem> items, Set<String> ends) {
        Set<String> out = new LinkedHashSet<>();
        items.stream()
                .filter(found -> found.item().cutsTraffic())
                .forEach(found -> out.add(found.host().name()));
        items.forEach(found -> out.add(found.host().name()));
        out.addAll(ends);
        return List.copyOf(out);
    }

    /** The paths that are changed and do not answer, on a host at one of their ends. */
    private Set<String> dead(Ends ends) {
        return byPath.keySet().stream()
                .filter(path -> ends.of(path).stream()
                        .flatMap(host -> spreadingOver(host, path).stream())
                        .anyMatch(spreading -> spreading.dead().contains(path)))
                .collect(Collectors.toSet());
    }

    private boolean carriesTraffic(String path, Set<String> ends) {
        return ends.stream()
                .anyMatch(host ->
                        hosts.containsKey(host) && !spreadingOver(host, path).isEmpty());
    }

    private List<Spreading> spreadingOver(String host, String path) {
        HostState state = hosts.get(host);
        if (state == null) return List.of();
        return state.spreading().stream()
                .filter(spreading -> spreading.paths().contains(path))
                .toList();
    }

    /** Why traffic cannot be moved off a path; empty: it can. */
    private String whyNotDrainable(String path, Set<String> made, Set<String> ends) {
        for (String host : ends) {
            if (!hosts.containsKey(host)) return "its end on " + host + " is not in this run";
            List<Spreading> all = spreadingOver(host, path);
            if (all.isEmpty()) return "nothing on " + host + " can send its traffic another way";
            for (Spreading spreading : all) {
                if (!spreading.without(path, byPath.keySet(), made).isEmpty()) continue;
                boolean others = spreading.paths().stream().anyMatch(one -> !one.equals(path) && !made.contains(one));
                return "it is the only path that " + host + " has"
                        + (others ? " now: the rest is dead, or drained" : "");
            }
        }
        return "";
    }

    /**
     * Stages for pairs: first the host that stands by, which interrupts nothing; then the active one, once it has
     * handed its role over.
     */
    private void pairs(Collection<HostState> all) {
        for (HostState state : all)
            state.role().filter(role -> !role.active()).ifPresent(role -> hostStage(state, Mode.STANDBY));
        for (HostState state : all)
            state.role()
                    .filter(Role::active)
                    .ifPresent(role -> hostStage(state, role.yields() ? Mode.DRAINED : Mode.IN_PLACE));
    }

    private void hostStage(HostState state, Mode mode) {
        HostPlan plan = state.plan();
        String path = Resource.through(plan.host().name());
        List<HostPlan.Item> items =
                plan.items().stream().filter(item -> item.cutsHostPath(path)).toList();
        if (items.stream().noneMatch(HostPlan.Item::acts)) return;
        stages.add(new Stage(List.of(path), List.of(plan.host().name()), mode));
        if (mode == Mode.IN_PLACE)
            items.forEach(item -> cut(plan.host(), item, "connections would be lost if the other host took over"));
    }

    /** Cuts of resources that belong to no path. */
    private void cutsOutsidePaths(HostPlan plan) {
        for (HostPlan.Item item : plan.items()) {
            if (item.paths().path().isEmpty()) cut(plan.host(), item, "");
        }
    }

    private void cut(Host host, HostPlan.Item item, String why) {
        item.changes().stream()
                .filter(change -> change.isCut())
                .forEach(change ->
                        cuts.add(new Cut(host.name(), item.resource(), change.subject(), change.seconds(), why)));
    }
}
