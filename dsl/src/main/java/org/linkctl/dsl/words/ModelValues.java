package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;
import org.linkctl.dsl.report.MessageText;
import org.linkctl.dsl.source.WordUse;
import org.linkctl.model.Fabric;
import org.linkctl.model.Group;
import org.linkctl.model.Host;
import org.linkctl.model.Pair;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;

/** Hosts and tunnels of the inventory among the values of a word: themselves, or by their names. */
final class ModelValues {
    private final PlaybookRun run;
    private final Fabric fabric;

    ModelValues(PlaybookRun run) {
        this.run = run;
        this.fabric = run.fabric();
    }

    /** One host, several, those of a pair, a group or a site; all hosts where nothing is given. */
    List<Host> hosts(WordUse use, String attribute, @Nullable Object value) {
        if (value == null) return fabric.hosts();
        return each(value, one -> hosts(placeOf(use, attribute, one), attribute, one));
    }

    /** Tunnels, or those of a group. */
    List<Tunnel> tunnels(WordUse use, String attribute, @Nullable Object value) {
        if (value == null) return List.of();
        return each(value, one -> tunnels(placeOf(use, attribute, one), attribute, one));
    }

    private static Place placeOf(WordUse use, String attribute, @Nullable Object one) {
        if (attribute.isEmpty()) return use.ofName();
        return use.of(attribute, String.valueOf(one));
    }

    private static <T> List<T> each(Object value, Function<@Nullable Object, List<T>> read) {
        List<T> all = new ArrayList<>();
        for (Object one : value instanceof Iterable<?> list ? list : Arrays.asList(value)) all.addAll(read.apply(one));
        return List.copyOf(new LinkedHashSet<>(all));
    }

    private List<Host> hosts(Place at, String attribute, @Nullable Object one) {
        return switch (one) {
            case Host host -> List.of(host);
            case Pair pair -> fabric.hostsOf(pair.name());
            case Group group -> hostsNamed(at, group.name());
            case Site site -> hostsOn(at, site.name());
            case CharSequence name -> hostsNamed(at, name.toString());
            case null, default -> {
                wrong(at, attribute, "a host, a pair, a group or a site of the inventory, or the name of one", one);
                yield List.of();
            }
        };
    }

    /** The hosts that a name stands for; an unknown one is reported. */
    List<Host> hostsNamed(Place at, String name) {
        List<Host> found = fabric.hostsUnder(name);
        if (!found.isEmpty()) return found;
        if (fabric.hasSite(name)) return hostsOn(at, name);
        unknown(at, "host, pair, group or site", name, hostNames());
        return List.of();
    }

    private List<Host> hostsOn(Place at, String site) {
        List<Host> found =
                fabric.hosts().stream().filter(host -> host.site().equals(site)).toList();
        if (found.isEmpty()) run.error(at, "site " + MessageText.shown(site) + " has no hosts", "", null);
        return found;
    }

    private List<Tunnel> tunnels(Place at, String attribute, @Nullable Object one) {
        return switch (one) {
            case Tunnel tunnel -> List.of(tunnel);
            case CharSequence name -> tunnelsNamed(at, name.toString());
            case null, default -> {
                wrong(at, attribute, "a tunnel of the inventory, or its name", one);
                yield List.of();
            }
        };
    }

    /** The tunnels that a name stands for, which may be that of a group; an unknown one is reported. */
    List<Tunnel> tunnelsNamed(Place at, String name) {
        List<Tunnel> found = tunnelsCalled(name);
        if (found.isEmpty()) unknown(at, "tunnel", name, tunnelNames());
        return found;
    }

    /** The tunnel of that name, or those of the group; none where it is neither. */
    List<Tunnel> tunnelsCalled(String name) {
        return fabric.tunnels().stream()
                .filter(tunnel -> name.equals(tunnel.name()) || name.equals(tunnel.group()))
                .toList();
    }

    void unknown(Place at, String kind, String name, Set<String> known) {
        run.error(
                at,
                "no " + kind + " '" + MessageText.shown(name) + "' in the inventory",
                known.isEmpty() ? "it has none" : "it has " + MessageText.list(List.copyOf(known)),
                MessageText.suggestion(name, List.copyOf(known)));
    }

    Set<String> hostNames() {
        return new LinkedHashSet<>(fabric.selectable());
    }

    Set<String> tunnelNames() {
        Set<String> known = new LinkedHashSet<>();
        fabric.tunnels().stream()
                .flatMap(tunnel -> Stream.concat(Stream.ofNullable(tunnel.group()), Stream.of(tunnel.name())))
                .forEach(known::add);
        return known;
    }

    private void wrong(Place at, String attribute, String expected, @Nullable Object one) {
        String what = attribute.isEmpty() ? "" : attribute + ": ";
        run.error(at, what + "expected " + expected + ", got " + MessageText.quoted(one), "", null);
    }
}
