package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.count;
import static org.linkctl.cli.show.TextLayout.wrap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.PlannedRollback;
import org.linkctl.engine.guard.SharedChanges;
import org.linkctl.model.Host;
import org.linkctl.spi.Resource;

/** What a rollback would undo, and how it ended, host by host. */
public final class RollbackText {
    private static final String MARGIN = "      ";

    private final TextStyle style;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private RollbackText(TextStyle style) {
        this.style = style;
        this.paint = style.paint();
    }

    /** Before the rollback: the runs to undo, and the hosts on which none is undone. */
    public static String outlook(Map<Host, PlannedRollback> planned, TextStyle style) {
        RollbackText text = new RollbackText(style);
        Set<String> runs = new TreeSet<>();
        planned.forEach((host, rollback) -> {
            if (rollback instanceof PlannedRollback.Undoes(PastRun run)) {
                runs.add(run.id());
                text.run(host, run);
            }
        });
        planned.forEach((host, rollback) -> {
            if (rollback instanceof PlannedRollback.Refused(String why)) text.problem(host, "NOT UNDONE", why);
            if (rollback instanceof PlannedRollback.Unreachable(String why)) text.problem(host, "UNREACHABLE", why);
        });
        if (runs.size() > 1) text.out.append("These are ").append(runs.size()).append(" runs, not one.\n");
        return text.out.toString();
    }

    private void run(Host host, PastRun run) {
        out.append(paint.heading(host.name()))
                .append("  ")
                .append(HistoryText.line(run, style))
                .append('\n');
        Set<String> tunnels =
                new TreeSet<>(run.touched().map(SharedChanges::paths).orElse(Set.of()));
        Set<String> services = new TreeSet<>();
        for (String path : Set.copyOf(tunnels)) if (Resource.memberHost(path).isPresent()) services.add(path);
        tunnels.removeAll(services);
        for (String service : services) {
            line("It changed " + Resource.shown(service)
                    + ". It is started anew, which ends the sessions of who uses it there; where several hosts are rolled"
                    + " back, one after the other.");
        }
        if (!tunnels.isEmpty()) tunnels(tunnels);
    }

    private void tunnels(Set<String> paths) {
        line("It changed the tunnels " + String.join(", ", paths)
                + ". They are changed back at once, at both ends: what"
                + " goes over them may stop meanwhile, and for good over those that it made.");
    }

    /**
     * The outcomes.
     *
     * @param runs those that were to be undone
     */
    public static String of(Map<Host, Outcome> outcomes, Map<Host, PastRun> runs, TextStyle style) {
        RollbackText text = new RollbackText(style);
        outcomes.forEach((host, outcome) -> text.host(host, outcome, runs.get(host)));
        text.out.append(style.paint().heading(summary(outcomes.values()))).append('\n');
        return text.out.toString();
    }

    private void host(Host host, Outcome outcome, @Nullable PastRun run) {
        switch (outcome) {
            case Outcome.RolledBack _ -> {
                out.append(paint.text(host.name() + "  "))
                        .append(paint.good("rolled back"))
                        .append('\n');
                line((run == null ? "The run" : "Run " + run.id()) + " is undone. The host is as it was before.");
            }
            case Outcome.Failed(var _, String step, String output) -> {
                problem(host, "FAILED", "at: " + step);
                output.strip().lines().forEach(this::line);
                line("The host is not as it was before.");
            }
            case Outcome.Locked(String holder) ->
                problem(
                        host,
                        "LOCKED",
                        "at work there: " + holder + ". Nothing was undone; --lock-timeout waits for it.");
            case Outcome.Unreachable(String why) -> problem(host, "UNREACHABLE", why);
            case Outcome.Refused(String why, var plan) -> problem(host, "NOT UNDONE", why);
            default -> throw new IllegalArgumentException("no end of a rollback: " + outcome);
        }
    }

    private void problem(Host host, String what, String why) {
        out.append(paint.text(host.name() + "  ")).append(paint.alarm(what)).append('\n');
        line(why);
    }

    private void line(String text) {
        out.append(MARGIN)
                .append(paint.text(wrap(text, MARGIN.length(), style.width())))
                .append('\n');
    }

    private static String summary(Collection<Outcome> outcomes) {
        List<String> parts = new ArrayList<>();
        part(parts, outcomes, one -> one instanceof Outcome.Failed, "failed");
        part(parts, outcomes, one -> one instanceof Outcome.Locked, "locked");
        part(parts, outcomes, one -> one instanceof Outcome.Unreachable, "unreachable");
        part(parts, outcomes, one -> one instanceof Outcome.Refused, "not undone");
        long good = outcomes.stream()
                .filter(one -> one instanceof Outcome.RolledBack)
                .count();
        return "Rollback: " + good + " of " + count(outcomes.size(), "host") + " rolled back"
                + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
    }

    private static void part(List<String> parts, Collection<Outcome> all, Predicate<Outcome> which, String word) {
        long number = all.stream().filter(which).count();
        if (number > 0) parts.add(number + " " + word);
    }
}
