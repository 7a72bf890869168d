package org.linkctl.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.diag.Suggest;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Resource;

/**
 * That something is taken out of service, or put back: a tunnel leaves its routes at both ends, a host of a pair leaves its
 * role to the other one, new connections to a published address go to other hosts.
 *
 * @param name of a tunnel, a host, or a site whose hosts are published
 * @param out false: it is put back
 * @param force also where nothing else could stand in
 * @param paths by the host that has to know it, its paths ({@link org.linkctl.spi.Scope#held})
 */
public record Drain(String name, boolean out, boolean force, Map<String, Set<String>> paths) {
    /** The name is of nothing that can be drained. */
    public static final class NotDrainable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotDrainable(String message) {
            super(message);
        }
    }

    public Drain {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        paths.forEach((host, own) -> copy.put(host, Set.copyOf(own)));
        paths = Map.copyOf(copy);
    }

    /**
     * What a name stands for in a fabric.
     *
     * @throws NotDrainable with what would be right
     */
    public static Drain of(Fabric fabric, String name, boolean out, boolean force) {
        Map<String, Set<String>> paths = new LinkedHashMap<>();
        for (Tunnel tunnel : fabric.tunnelsNamed(name)) {
            for (Tunnel.End end : tunnel.ends()) {
                boolean routed = fabric.host(end.host()).stream()
                        .flatMap(host -> fabric.routes(host).stream())
                        .anyMatch(route -> fabric.leadsBy(route, name));
                if (routed) add(paths, end.host(), name);
            }
        }
        for (Pair pair : fabric.pairs()) {
            if (pair.hosts().contains(name) && !fabric.vipsOf(pair.name()).isEmpty())
                add(paths, name, Resource.through(name));
        }
        for (Publish publish : fabric.all(Publish.class)) {
            for (String target : publish.to()) {
                boolean meant = target.equals(name)
                        || fabric.host(target)
                                .filter(host -> host.site().equals(name))
                                .isPresent();
                if (meant)
                    fabric.hostsOf(publish.on()).forEach(host -> add(paths, host.name(), Resource.place(target)));
            }
        }
        if (paths.isEmpty()) throw new NotDrainable(why(fabric, name));
        return new Drain(name, out, force, paths);
    }

    private static void add(Map<String, Set<String>> paths, String host, String path) {
        paths.computeIfAbsent(host, _ -> new LinkedHashSet<>()).add(path);
    }

    /** All names that {@link #of} takes. */
    private static Set<String> known(Fabric fabric) {
        Set<String> out = new LinkedHashSet<>();
        for (Host host : fabric.hosts()) {
            for (Route route : fabric.routes(host))
                fabric.tunnels(route, host).forEach(tunnel -> out.add(tunnel.name()));
        }
        fabric.pairs().stream()
                .filter(pair -> !fabric.vipsOf(pair.name()).isEmpty())
                .forEach(pair -> out.addAll(pair.hosts()));
        fabric.all(Publish.class).forEach(publish -> out.addAll(publish.to()));
        return out;
    }

    private static String why(Fabric fabric, String name) {
        String what = "'" + name + "'";
        if (!fabric.tunnelsNamed(name).isEmpty()) return what + " is a tunnel that no route goes over";
        if (fabric.hasSite(name)) return what + " is a site of which nothing is published";
        if (fabric.host(name).isPresent())
            return what + " is a host that nothing else can stand in for: of no pair with a vip, and not published";
        List<String> group = fabric.tunnels().stream()
                .map(Tunnel::name)
                .filter(tunnel -> tunnel.startsWith(name)
                        && tunnel.substring(name.length()).matches("[0-9]+"))
                .toList();
        if (!group.isEmpty())
            return what + " is several tunnels; one of them can be drained, such as " + group.getFirst();
        Collection<String> known = known(fabric);
        if (known.isEmpty()) return what + " is not in the inventory, and nothing in it can be drained";
        List<String> names = new ArrayList<>(known);
        return Suggest.closest(name, names)
                .map(near -> "no '" + name + "'; did you mean '" + near + "'?")
                .orElse("no '" + name + "'; what can be drained: "
                        + String.join(
                                ", ",
                                Stream.of(names).flatMap(List::stream).limit(10).toList())
                        + (names.size() > 10 ? ", …" : ""));
    }

    /** The hosts that have to know it. */
    public Set<String> hosts() {
        return paths.keySet();
    }

    /** The paths that a host has to know. */
    public Set<String> on(String host) {
        return paths.getOrDefault(host, Set.of());
    }
}
