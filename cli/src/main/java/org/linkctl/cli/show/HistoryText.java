package org.linkctl.cli.show;

import java.util.Map;
import org.linkctl.engine.guard.History;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;

/** The runs that changed hosts, host by host, the last one first. */
public final class HistoryText {
    private HistoryText() {}

    public static String of(Map<Host, History> histories, TextStyle style) {
        StringBuilder out = new StringBuilder();
        histories.forEach((host, history) -> {
            if (!out.isEmpty()) out.append('\n');
            out.append(style.paint().heading(host.name())).append('\n');
            switch (history) {
                case History.Known(var runs) -> {
                    if (runs.isEmpty()) out.append("  linkctl has changed nothing here\n");
                    runs.forEach(
                            run -> out.append("  ").append(line(run, style)).append('\n'));
                }
                case History.Unreachable(String why) ->
                    out.append("  ")
                            .append(style.paint().alarm("unreachable"))
                            .append(": ")
                            .append(style.paint().text(why))
                            .append('\n');
            }
        });
        return out.toString();
    }

    /** One run: when, how it ended, by whom, from which inventory. */
    public static String line(PastRun run, TextStyle style) {
        Paint paint = style.paint();
        String state = run.confirmed()
                ? paint.good("confirmed")
                : run.undone() ? paint.changed("rolled back") : paint.alarm(run.state());
        String by = "by " + run.about().getOrDefault("who", "?") + " from "
                + run.about().getOrDefault("from", "?") + ", "
                + run.about().getOrDefault("started", "?") + ", " + run.about().getOrDefault("inventory", "?");
        return run.id() + "  " + state + "  " + paint.text(by)
                + (run.why().isEmpty() ? "" : paint.text("\n      " + run.why()));
    }
}
