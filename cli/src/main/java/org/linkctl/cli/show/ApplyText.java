package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.count;
import static org.linkctl.cli.show.TextLayout.wrap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;

/** How an apply ended, host by host, and one line that sums it up. */
public final class ApplyText {
    private final TextStyle style;
    private final Paint paint;
    private final int names;
    private final StringBuilder out = new StringBuilder();

    private ApplyText(TextStyle style, int names) {
        this.style = style;
        this.paint = style.paint();
        this.names = names;
    }

    public static String of(Map<Host, Outcome> outcomes, TextStyle style) {
        int names = outcomes.keySet().stream()
                .mapToInt(host -> host.name().length())
                .max()
                .orElse(0);
        ApplyText text = new ApplyText(style, names);
        outcomes.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> rank(entry.getValue())))
                .forEach(entry -> text.host(entry.getKey(), entry.getValue()));
        text.out
                .append(style.paint().heading(summary(List.copyOf(outcomes.values()))))
                .append('\n');
        return text.out.toString();
    }

    /** The order of hosts: problems below successes, causes above consequences. */
    private static int rank(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Converged _, Outcome.Changed _, Outcome.WouldChange _ -> 0;
            case Outcome.Failed _ -> 1;
            case Outcome.RolledBack back -> back.why().startsWith("a step failed") ? 1 : ofPartner(back.why()) ? 5 : 3;
            case Outcome.Unreachable _, Outcome.Refused _, Outcome.Locked _ -> 2;
            case Outcome.NotConverged _ -> 4;
        };
    }

    /** The engine's reason for a host that was undone with its partner. */
    private static boolean ofPartner(String why) {
        return why.endsWith("which had to change in the same run, did not");
    }

    private void host(Host host, Outcome outcome) {
        String name = TextLayout.pad(host.name(), names) + "  ";
        out.append(paint.text(name));
        switch (outcome) {
            case Outcome.Converged() -> out.append(paint.good("converged")).append(": nothing differed\n");
            case Outcome.WouldChange(HostPlan plan) ->
                out.append(paint.changed("would change"))
                        .append(": ")
                        .append(ChangeCounts.of(plan).changes())
                        .append('\n');
            case Outcome.Changed(HostPlan plan) ->
                out.append(paint.good("changed"))
                        .append(": ")
                        .append(done(plan))
                        .append("; a second look found no difference\n");
            case Outcome.NotConverged(HostPlan done, HostPlan left, String why) -> {
                problem("NOT CONVERGED", why);
                left(left);
            }
            case Outcome.Failed(HostPlan plan, String step, String output) -> failed(step, output);
            case Outcome.RolledBack back -> {
                problem("ROLLED BACK", back.told());
                out.append(" ".repeat(names + 4)).append("The host is as it was before.\n");
            }
            case Outcome.Locked(String holder) ->
                problem(
                        "LOCKED",
                        "at work there: " + holder + ". Nothing was changed in this run; --lock-timeout waits for it.");
            case Outcome.Unreachable(String why) -> problem("UNREACHABLE", why);
            case Outcome.Refused(String why, var plan) -> problem("REFUSED", why);
        }
    }

    private void problem(String what, String why) {
        int indent = names + 4;
        out.append(paint.alarm(what))
                .append('\n')
                .append(" ".repeat(indent))
                .append(paint.text(wrap(why, indent, style.width())))
                .append('\n');
    }

    private void left(HostPlan left) {
        if (left.isEmpty()) return;
        boolean whole = style.shows(TextStyle.Detail.DIFF);
        out.append(" ".repeat(names + 4))
                .append(
                        whole
                                ? "What still differs:\n\n"
                                : "What still differs (`linkctl plan --diff` shows the lines):\n\n")
                .append(
                        whole
                                ? ItemText.of(left.items(), style, names + 6)
                                : ItemSummary.of(left.items(), style, names + 6));
    }

    private void failed(String step, String output) {
        problem("FAILED", "a step failed: " + step);
        if (!output.isBlank()) {
            String margin = " ".repeat(names + 6);
            output.strip()
                    .lines()
                    .forEach(line -> out.append(margin).append(paint.text(line)).append('\n'));
        }
        out.append(" ".repeat(names + 4)).append("The steps after it were not run.\n");
    }

    private static String done(HostPlan plan) {
        int steps = plan.items().stream().mapToInt(item -> item.steps().size()).sum();
        return steps == 0 ? ChangeCounts.of(plan).changes() : count(steps, "step");
    }

    private static String summary(List<Outcome> outcomes) {
        long good = outcomes.stream().filter(Outcome::good).count();
        if (!outcomes.isEmpty() && outcomes.stream().allMatch(o -> o instanceof Outcome.Converged)) {
            return "Nothing to do: " + count(outcomes.size(), "host") + " converged";
        }
        List<String> parts = new ArrayList<>();
        part(parts, outcomes, o -> o instanceof Outcome.Changed, "changed");
        part(parts, outcomes, o -> o instanceof Outcome.Converged, "already converged");
        part(parts, outcomes, o -> o instanceof Outcome.WouldChange, "left alone");
        part(parts, outcomes, o -> o instanceof Outcome.NotConverged, "not converged");
        part(parts, outcomes, o -> o instanceof Outcome.Failed, "failed");
        part(parts, outcomes, o -> o instanceof Outcome.RolledBack, "rolled back");
        part(parts, outcomes, o -> o instanceof Outcome.Locked, "locked");
        part(parts, outcomes, o -> o instanceof Outcome.Unreachable, "unreachable");
        part(parts, outcomes, o -> o instanceof Outcome.Refused, "refused");
        return "Apply: " + good + " of " + count(outcomes.size(), "host") + " converged (" + String.join(", ", parts)
                + ")";
    }

    private static void part(List<String> parts, List<Outcome> outcomes, Predicate<Outcome> which, String word) {
        long number = outcomes.stream().filter(which).count();
        if (number > 0) parts.add(number + " " + word);
    }
}
