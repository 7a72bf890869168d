package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.linkctl.spread.Departure;

/** The bond member by which each tunnel is expected to leave. */
public final class SpreadText {
    private SpreadText() {}

    /** A table; empty where no tunnel leaves by a bond. */
    public static String of(List<Departure> departures, TextStyle style) {
        if (departures.isEmpty()) return "";
        List<List<String>> rows = style.shows(TextStyle.Detail.DIFF) ? byTunnel(departures) : byMember(departures);
        StringBuilder out = new StringBuilder(style.paint().heading("Tunnels are expected to leave by"));
        out.append('\n');
        Table.of(rows, style.width() - 2)
                .lines()
                .forEach(line ->
                        out.append("  ").append(style.paint().text(line)).append('\n'));
        return out.append('\n').toString();
    }

    private static List<List<String>> byTunnel(List<Departure> departures) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TUNNEL", "HOST", "BOND", "MEMBER"));
        for (Departure one : departures) rows.add(row(one));
        return rows;
    }

    /** For many tunnels, their numbers by member. */
    private static List<List<String>> byMember(List<Departure> departures) {
        Map<List<String>, List<String>> members = new LinkedHashMap<>();
        for (Departure one : departures) {
            List<String> row = row(one);
            members.computeIfAbsent(row.subList(1, row.size()), _ -> new ArrayList<>())
                    .add(one.tunnel());
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("HOST", "BOND", "MEMBER", "TUNNELS"));
        members.forEach((member, tunnels) -> {
            List<String> row = new ArrayList<>(member);
            row.add(String.join(", ", tunnels));
            rows.add(row);
        });
        return rows;
    }

    private static List<String> row(Departure one) {
        String bond = Objects.requireNonNullElse(one.bond(), "-");
        String member = Objects.requireNonNullElse(one.member(), "(" + one.why() + ")");
        return List.of(one.tunnel(), one.host(), bond, member);
    }
}
