package org.linkctl.cli.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.linkctl.spread.Departure;

/** By which bond member every tunnel is expected to leave. */
public final class SpreadText {
    private SpreadText() {}

    /** A table; empty where no tunnel leaves by a bond. */
    public static String of(List<Departure> departures, Look look) {
        if (departures.isEmpty()) return "";
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("TUNNEL", "HOST", "BOND", "MEMBER"));
        for (Departure one : departures) rows.add(row(one));
        StringBuilder out = new StringBuilder(look.paint().heading("Tunnels are expected to leave by"));
        out.append('\n');
        Table.of(rows, look.width() - 2)
                .lines()
                .forEach(
                        line -> out.append("  ").append(look.paint().text(line)).append('\n'));
        return out.append('\n').toString();
    }

    private static List<String> row(Departure one) {
        String bond = Objects.requireNonNullElse(one.bond(), "-");
        String member = Objects.requireNonNullElse(one.member(), "(" + one.why() + ")");
        return List.of(one.tunnel(), one.host(), bond, member);
    }
}
