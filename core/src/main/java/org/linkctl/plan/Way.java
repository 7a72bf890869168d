package org.linkctl.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.diag.Suggest;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Publish;
import org.linkctl.model.Route;
import org.linkctl.model.Tunnel;
import org.linkctl.spi.Resource;

/**
 * What can be taken out of service so that its traffic goes elsewhere: tunnels, a host with all that goes through it, or a
 * place that something is published to.
 *
 * @param name of it, as the user says it
 * @param marks by the host that has to know it, the paths that it holds ({@link org.linkctl.spi.Scope#held})
 * @param parts of several tunnels each of them, in the order of the inventory; empty: it is one thing
 */
public record Way(String name, Map<String, Set<String>> marks, List<Way> parts) {
    private static final int NAMES_SHOWN = 10;

    /** The name is of nothing that can be taken out of service. */
    public static final class NotDrainable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private NotDrainable(String message) {
            super(message);
        }
    }

    public Way {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        marks.forEach((host, own) -> copy.put(host, Collections.unmodifiableSet(new LinkedHashSet<>(own))));
        marks = Collections.unmodifiableMap(copy);
        parts = List.copyOf(parts);
    }

    /** One thing. */
    public Way(String name, Map<String, Set<String>> marks) {
        this(name, marks, List.of());
    }

    /**
     * What a name stands for: a tunnel of a route, a group of those, a host, or a site whose hosts are published.
     *
     * @throws NotDrainable with what would be right
     */
    public static Way of(Fabric fabric, String name) {
        Map<String, Set<String>> marks = new LinkedHashMap<>();
        List<Way> tunnels = new ArrayList<>();
        fabric.tunnels().stream()
                .filter(tunnel -> name.equals(tunnel.name()) || name.equals(tunnel.group()))
                .forEach(tunnel -> {
                    add(marks, fabric, tunnel);
                    tunnels.add(over(fabric, tunnel));
                });
        boolean alone = tunnels.stream().allMatch(tunnel -> tunnel.name().equals(name));
        fabric.hostsNamed(name).forEach(host -> add(marks, fabric, host));
        if (fabric.hasSite(name)) {
            fabric.hosts().stream()
                    .filter(host -> host.site().equals(name))
                    .forEach(host -> addPlace(marks, fabric, host));
        }
        if (marks.isEmpty()) throw new NotDrainable(why(fabric, name));
        return new Way(name, marks, alone ? List.of() : tunnels);
    }

    /**
     * Several tunnels as one, whose name has them in the order of the inventory.
     *
     * @throws NotDrainable where no route goes over one of them
     */
    public static Way of(Fabric fabric, Collection<Tunnel> tunnels) {
        for (Tunnel tunnel : tunnels)
            if (over(fabric, tunnel).marks.isEmpty()) throw new NotDrainable(why(fabric, tunnel.name()));
        return together(fabric.tunnels().stream()
                .filter(tunnels::contains)
                .map(tunnel -> over(fabric, tunnel))
                .toList());
    }

    private static Way over(Fabric fabric, Tunnel tunnel) {
        Map<String, Set<String>> marks = new LinkedHashMap<>();
        add(marks, fabric, tunnel);
        return new Way(tunnel.name(), marks);
    }

    private static Way together(List<Way> parts) {
        Map<String, Set<String>> marks = new LinkedHashMap<>();
        for (Way part : parts) part.marks.forEach((host, own) -> own.forEach(path -> add(marks, host, path)));
        String names = parts.stream().map(Way::name).collect(Collectors.joining(", "));
        return new Way(names, marks, parts.size() == 1 ? List.of() : parts);
    }

    /** The names of what can be put back one after the other: of each tunnel, or of the one thing that it is. */
    public Set<String> names() {
        if (parts.isEmpty()) return Set.of(name);
        return parts.stream().map(Way::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What is left of it once another one is back in service; empty: nothing. */
    public Optional<Way> without(Way back) {
        Set<String> gone = back.names();
        if (parts.isEmpty()) return gone.contains(name) ? Optional.empty() : Optional.of(this);
        List<Way> left =
                parts.stream().filter(part -> !gone.contains(part.name)).toList();
        if (left.size() == parts.size()) return Optional.of(this);
        return left.isEmpty() ? Optional.empty() : Optional.of(together(left));
    }

    /** All that goes through a host; it has no {@link #paths} where nothing else can stand in for it. */
    public static Way through(Fabric fabric, Host host) {
        Map<String, Set<String>> marks = new LinkedHashMap<>();
        add(marks, fabric, host);
        return new Way(host.name(), marks);
    }

    /** Both ends leave the tunnel out of their routes, as far as linkctl logs in there. */
    private static void add(Map<String, Set<String>> marks, Fabric fabric, Tunnel tunnel) {
        for (Tunnel.End end : tunnel.ends()) {
            boolean routed = end.unmanaged() == null
                    && fabric.host(end.host()).stream()
                            .flatMap(host -> fabric.routes(host).stream())
                            .anyMatch(route -> fabric.leadsBy(route, tunnel.name()));
            if (routed) add(marks, end.host(), tunnel.name());
        }
    }

    /** Its tunnels, its part in a pair, and what is published to it. */
    private static void add(Map<String, Set<String>> marks, Fabric fabric, Host host) {
        fabric.tunnels(host).forEach(tunnel -> add(marks, fabric, tunnel));
        for (Pair pair : fabric.pairs()) {
            if (pair.hosts().contains(host.name())
                    && !fabric.vipsOf(pair.name()).isEmpty()) add(marks, host.name(), Resource.through(host.name()));
        }
        addPlace(marks, fabric, host);
    }

    private static void addPlace(Map<String, Set<String>> marks, Fabric fabric, Host host) {
        for (Publish publish : fabric.all(Publish.class)) {
            if (!publish.to().contains(host.name())) continue;
            fabric.hostsOf(publish.on()).forEach(on -> add(marks, on.name(), Resource.place(host.name())));
        }
    }

    private static void add(Map<String, Set<String>> marks, String host, String path) {
        marks.computeIfAbsent(host, _ -> new LinkedHashSet<>()).add(path);
    }

    private static String why(Fabric fabric, String name) {
        String what = "'" + name + "'";
        if (fabric.tunnels().stream().anyMatch(tunnel -> name.equals(tunnel.name()) || name.equals(tunnel.group())))
            return what + " is a tunnel that no route goes over";
        if (fabric.hasSite(name)) return what + " is a site of which nothing is published";
        if (fabric.host(name).isPresent())
            return what
                    + " is a host that nothing else can stand in for: of no pair with a vip, not published, and with"
                    + " no tunnel of a route";
        if (fabric.pairs().stream().anyMatch(pair -> pair.name().equals(name)))
            return what + " is a pair, and nothing stands in for both of its hosts: one of them at a time";
        if (fabric.groups().stream().anyMatch(group -> group.name().equals(name)))
            return what + " is a group of hosts, which are drained one by one, by their names";
        List<String> several = fabric.tunnels().stream()
                .map(Tunnel::name)
                .filter(tunnel -> tunnel.startsWith(name)
                        && tunnel.substring(name.length()).matches("[0-9]+"))
                .toList();
        if (!several.isEmpty())
            return what + " is several tunnels; one of them can be drained, such as " + several.getFirst();
        return unknown(name, List.copyOf(known(fabric)));
    }

    private static String unknown(String name, List<String> known) {
        if (known.isEmpty()) return "'" + name + "' is not in the inventory, and nothing in it can be drained";
        return Suggest.closest(name, known)
                .map(near -> "no '" + name + "'; did you mean '" + near + "'?")
                .orElse("no '" + name + "'; what can be drained: "
                        + String.join(", ", known.subList(0, Math.min(NAMES_SHOWN, known.size())))
                        + (known.size() > NAMES_SHOWN ? ", …" : ""));
    }

    /** The names of tunnels and hosts that {@link #of} takes. */
    private static Set<String> known(Fabric fabric) {
        Set<String> out = new LinkedHashSet<>();
        for (Host host : fabric.hosts()) {
            for (Route route : fabric.routes(host))
                fabric.tunnels(route, host).forEach(tunnel -> out.add(tunnel.name()));
        }
        fabric.hosts().stream()
                .filter(host -> !through(fabric, host).marks.isEmpty())
                .forEach(host -> out.add(host.name()));
        return out;
    }

    /** The paths that carry nothing while it is out of service. */
    public Set<String> paths() {
        return marks.values().stream().flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The names of the hosts that have to know it. */
    public Set<String> hosts() {
        return marks.keySet();
    }

    /** The routes of which no tunnel is left while these paths carry nothing. */
    public static List<Route> lostRoutes(Fabric fabric, Set<String> paths) {
        return fabric.routes().stream()
                .filter(route -> !route.via().isEmpty() && paths.containsAll(route.via()))
                .toList();
    }

    /** What has nothing else to go over while these paths carry nothing, each as a phrase. */
    public static List<String> lost(Fabric fabric, Set<String> paths) {
        List<String> out = new ArrayList<>();
        lostRoutes(fabric, paths)
                .forEach(route -> out.add("the last way between " + String.join(" and ", route.between())));
        for (Publish publish : fabric.all(Publish.class)) {
            if (publish.to().stream().map(Resource::place).allMatch(paths::contains))
                out.add("the last host that '" + publish.name() + "' is published to");
        }
        for (Pair pair : fabric.pairs()) {
            if (pair.hosts().stream().map(Resource::through).allMatch(paths::contains))
                out.add("the last host of the pair " + pair.name());
        }
        return out;
    }
}
