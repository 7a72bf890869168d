package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.count;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.model.Bond;
import org.linkctl.model.Bridge;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Hub;
import org.linkctl.model.Link;
import org.linkctl.model.Route;
import org.linkctl.model.Site;
import org.linkctl.model.Tunnel;
import org.linkctl.model.Vlan;

/** What an inventory holds, and what is wrong with it. */
public final class CheckText {
    private CheckText() {}

    /** All diagnostics, a blank line between two; empty where there are none. */
    public static String diagnostics(
            List<Diagnostic> diagnostics, Function<Place, @Nullable String> source, Paint paint) {
        return diagnostics.stream().map(one -> colored(one, source, paint)).collect(Collectors.joining("\n"));
    }

    private static String colored(Diagnostic diagnostic, Function<Place, @Nullable String> source, Paint paint) {
        String text = paint.text(diagnostic.render(source));
        int end = text.indexOf('\n');
        String head = text.substring(0, end);
        String colored = switch (diagnostic.severity()) {
            case ERROR -> paint.alarm(head);
            case WARNING -> paint.doubt(head);
            case NOTE -> paint.aside(head);
        };
        return colored + text.substring(end);
    }

    /** {@code 2 errors, 1 warning}. */
    public static String counted(List<Diagnostic> diagnostics) {
        List<String> parts = new ArrayList<>();
        for (Diagnostic.Severity severity : Diagnostic.Severity.values()) {
            int number = (int) diagnostics.stream()
                    .filter(one -> one.severity() == severity)
                    .count();
            if (number > 0) parts.add(count(number, severity.word()));
        }
        return String.join(", ", parts);
    }

    /** A summary of what a fabric declares. */
    public static String summary(String file, Fabric fabric, TextStyle style) {
        StringBuilder out = new StringBuilder(style.paint().good(file + ": good"))
                .append(style.paint().text(", fabric '" + fabric.name() + "'"))
                .append('\n');
        List<List<String>> rows = new ArrayList<>(List.of(
                row(fabric.sites().size(), "site", fabric.sites().stream().map(Site::name)),
                row(fabric.hosts().size(), "host", fabric.hosts().stream().map(Host::name)),
                row((int) bonds(fabric).count(), "bond", bonds(fabric).map(bond -> bond.host() + ":" + bond.name())),
                row(fabric.tunnels().size(), "tunnel", fabric.tunnels().stream().map(Tunnel::name)),
                row(fabric.routes().size(), "route", fabric.routes().stream().map(CheckText::route))));
        links(fabric, Vlan.class, "vlan").ifPresent(rows::add);
        links(fabric, Bridge.class, "bridge").ifPresent(rows::add);
        if (!fabric.hubs().isEmpty()) {
            rows.add(row(fabric.hubs().size(), "hub", fabric.hubs().stream().map(CheckText::hub)));
        }
        int width = rows.stream().mapToInt(row -> row.getFirst().length()).max().orElse(0);
        for (List<String> row : rows) {
            String names = TextLayout.wrap(row.getLast(), width + 4, style.width());
            out.append(("  " + TextLayout.pad(row.getFirst(), width) + "  "
                                    + style.paint().text(names))
                            .stripTrailing())
                    .append('\n');
        }
        return out.toString();
    }

    /** Of words that many inventories do without; empty where this one does. */
    private static Optional<List<String>> links(Fabric fabric, Class<? extends Link> kind, String noun) {
        List<String> names = fabric.hosts().stream()
                .flatMap(host -> fabric.links(host).stream())
                .filter(kind::isInstance)
                .map(link -> link.host() + ":" + link.name())
                .toList();
        return names.isEmpty() ? Optional.empty() : Optional.of(row(names.size(), noun, names.stream()));
    }

    private static Stream<Bond> bonds(Fabric fabric) {
        return fabric.hosts().stream().flatMap(host -> fabric.of(Bond.class, host).stream());
    }

    private static String hub(Hub hub) {
        String called = Stream.concat(
                        hub.spokes().stream().map(Hub.Spoke::host),
                        hub.peers().stream().map(Hub.Peer::name))
                .collect(Collectors.joining(" + "));
        return hub.on() + ":" + hub.name() + " for " + called;
    }

    private static String route(Route route) {
        Map<Integer, List<String>> ranks = new TreeMap<>();
        for (String tunnel : route.via())
            ranks.computeIfAbsent(route.rank(tunnel), _ -> new ArrayList<>()).add(tunnel);
        String via =
                ranks.values().stream().map(alike -> String.join(" + ", alike)).collect(Collectors.joining(", then "));
        return String.join(" - ", route.between()) + " via " + via + (route.isBgp() ? " by BGP" : "");
    }

    private static List<String> row(int number, String noun, Stream<String> names) {
        return List.of(count(number, noun), names.collect(Collectors.joining(", ")));
    }
}
