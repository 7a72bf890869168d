package org.linkctl.engine.run;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Selection;
import org.linkctl.engine.Shard;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Resource;

/**
 * Which hosts have to be in one run, and locked by it, when a path changes while other runs change other hosts: its ends,
 * and those of every path that takes its traffic meanwhile. Two runs that change two paths of one traffic then have a host
 * in common, and go one after the other by its lock. Pure.
 */
record SharedPaths(Fabric fabric, Selection selection) {
    /** The hosts that share the traffic of a path. */
    Set<String> sharing(String path) {
        Set<String> out = new LinkedHashSet<>();
        Optional<String> member = Resource.memberHost(path);
        if (member.isPresent()) out.addAll(atSiteOf(member.get()));
        else if (path.indexOf(':') >= 0) out.add(path.substring(path.indexOf(':') + 1));
        else tunnel(path, out);
        return Shard.paired(fabric, out);
    }

    private void tunnel(String path, Set<String> out) {
        ends(path, out);
        for (Route route : fabric.routes()) {
            if (!route.via().contains(path)) continue;
            route.via().forEach(one -> ends(one, out));
        }
    }

    private void ends(String path, Set<String> out) {
        for (Tunnel tunnel : fabric.tunnelsNamed(path)) {
            tunnel.ends().forEach(end -> out.add(end.host()));
        }
    }

    /** Of hosts that give one service, which the inventory declares at each of them. */
    private Set<String> atSiteOf(String name) {
        String site = fabric.host(name).map(Host::site).orElse("");
        return fabric.hosts().stream()
                .filter(host -> host.site().equals(site))
                .map(Host::name)
                .collect(Collectors.toSet());
    }

    /** As a phrase; empty: this run has all hosts that share its traffic. */
    private Optional<String> waits(String path) {
        if (gone(path))
            return selection.hosts().containsAll(selection.together())
                    ? Optional.empty()
                    : Optional.of("a run of all hosts, since " + path + " is no longer declared, nor where it leads");
        Set<String> missing = new TreeSet<>(sharing(path));
        missing.retainAll(selection.together());
        missing.removeAll(selection.hosts());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("a run with " + String.join(", ", missing) + ", of another shard");
    }

    /** What a resource waits for in this run; empty: none of the paths that it forms or needs waits. */
    Optional<String> waits(HostPlan.Paths paths) {
        if (selection.together().isEmpty()) return Optional.empty();
        return paths(paths).flatMap(path -> waits(path).stream()).findFirst();
    }

    /** A plan without what is left to other runs: no traffic is moved for it. */
    HostPlan without(HostPlan plan) {
        if (selection.together().isEmpty()) return plan;
        return plan.with(plan.items().stream()
                .filter(item -> waits(item.paths()).isEmpty())
                .toList());
    }

    /** The hosts that have to be in one run for an item that waits in this one; empty: it does not wait for other hosts. */
    private Set<String> together(Host host, HostPlan.Item item, Set<String> failed) {
        Set<String> out = new TreeSet<>();
        paths(item.paths()).filter(path -> !gone(path)).forEach(path -> out.addAll(sharing(path)));
        out.addAll(item.partners());
        out.addAll(item.madeBy());
        out.retainAll(selection.together());
        if (selection.hosts().containsAll(out)) return Set.of();
        out.add(host.name());
        TreeSet<String> all = Shard.paired(fabric, out);
        all.retainAll(selection.together());
        return Collections.disjoint(all, failed) ? all : Set.of();
    }

    /**
     * The same for all that waits on a host.
     *
     * @param failed hosts that no other run shall have for it
     */
    Set<String> together(HostPlan plan, Set<String> failed) {
        Set<String> out = new TreeSet<>();
        for (HostPlan.Item item : plan.items()) {
            if (!item.ready()) out.addAll(together(plan.host(), item, failed));
        }
        return out;
    }

    /**
     * Whether all that is left to do on a host is left to a run that has more hosts.
     *
     * @param failed hosts that no other run shall have for it
     */
    boolean leavesAll(HostPlan plan, Set<String> failed) {
        if (selection.together().isEmpty() || plan.isEmpty()) return false;
        boolean any = false;
        for (HostPlan.Item item : plan.items()) {
            if (item.ready()) return false;
            boolean left = !together(plan.host(), item, failed).isEmpty();
            any |= left;
            if (!left && !item.unknowns().isEmpty()) return false;
        }
        return any;
    }

    /** The path that a resource forms, and those that it needs. */
    private static Stream<String> paths(HostPlan.Paths paths) {
        return Stream.concat(paths.path().stream(), paths.over().stream().sorted());
    }

    /** A tunnel that is no longer declared: nothing tells where its other end is. */
    private boolean gone(String path) {
        return path.indexOf('@') < 0
                && path.indexOf(':') < 0
                && fabric.tunnelsNamed(path).isEmpty();
    }
}
