package org.linkctl.cli.show;

import static org.linkctl.cli.show.TextLayout.wrap;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;

/** A plan as text: what would change on each host, and a summary line. */
public final class PlanText {
    private final TextStyle style;
    private final Paint paint;
    private final StringBuilder out = new StringBuilder();

    private PlanText(TextStyle style) {
        this.style = style;
        this.paint = style.paint();
    }

    /** The part of one host, where something differs there; empty: nothing does, or it is not known. */
    static String host(Host host, Outcome outcome, TextStyle style) {
        PlanText text = new PlanText(style);
        text.differing(host, outcome);
        return text.out.toString();
    }

    /** What follows the parts of the hosts: those with a problem, then the converged ones. */
    static String rest(Map<Host, Outcome> outcomes, TextStyle style) {
        PlanText text = new PlanText(style);
        outcomes.forEach(text::problem);
        text.converged(outcomes);
        return text.out.toString();
    }

    /** The line that ends a plan, without its newline. */
    public static String summary(Map<Host, Outcome> outcomes, TextStyle style) {
        return style.paint().heading(ChangeCounts.of(outcomes.values()).summary());
    }

    /** A hint at {@code --diff}, where something is shown in short. */
    static String hint(Map<Host, Outcome> outcomes, TextStyle style) {
        boolean folded = outcomes.values().stream()
                .flatMap(outcome -> shown(outcome).stream())
                .flatMap(plan -> plan.items().stream())
                .flatMap(item -> item.changes().stream())
                .anyMatch(ChangeLine::folds);
        return folded
                ? style.paint().aside("Files are folded to how many lines differ; --diff shows the lines.") + "\n"
                : "";
    }

    /** The plan that is shown for an outcome. */
    private static Optional<HostPlan> shown(Outcome outcome) {
        return switch (outcome) {
            case Outcome.WouldChange(HostPlan plan) -> Optional.of(plan);
            case Outcome.Changed(HostPlan plan) -> Optional.of(plan);
            case Outcome.NotConverged(HostPlan _, HostPlan left, String _) -> Optional.of(left);
            case Outcome.Failed(HostPlan plan, String _, String _) -> Optional.of(plan);
            case Outcome.RolledBack back -> Optional.of(back.plan());
            case Outcome.Locked _, Outcome.Converged _, Outcome.Unreachable _, Outcome.Refused _ -> Optional.empty();
        };
    }

    private void differing(Host host, Outcome outcome) {
        if (outcome instanceof Outcome.Refused refused) refused.plan().ifPresent(plan -> refused(host, plan));
        else shown(outcome).ifPresent(plan -> host(host, plan));
    }

    private void host(Host host, HostPlan plan) {
        host(host, plan, ChangeCounts.of(plan).changes());
    }

    private void host(Host host, HostPlan plan, String sum) {
        out.append(paint.heading(host.name()))
                .append(paint.aside(" (site " + host.site() + ", " + host.ssh() + ")"))
                .append(": ")
                .append(sum)
                .append("\n\n")
                .append(ItemText.of(plan.items(), style, 2));
    }

    /** A refused host, with what would be done otherwise. */
    private void refused(Host host, HostPlan plan) {
        host(
                host,
                plan,
                "refused, nothing is done there; otherwise "
                        + ChangeCounts.of(plan).changes());
    }

    private void problem(Host host, Outcome outcome) {
        switch (outcome) {
            case Outcome.Unreachable(String why) -> problem(host, "unreachable", why);
            case Outcome.Refused(String why, var plan) -> problem(host, "refused", why);
            case Outcome.Failed(HostPlan plan, String step, String output) -> problem(host, "failed", step);
            case Outcome.NotConverged(HostPlan done, HostPlan left, String why) -> problem(host, "not converged", why);
            case Outcome.RolledBack back -> problem(host, "rolled back", back.told());
            case Outcome.Locked(String holder) -> problem(host, "locked", holder);
            case Outcome.Converged c -> {}
            case Outcome.WouldChange w -> {}
            case Outcome.Changed c -> {}
        }
    }

    private void problem(Host host, String what, String why) {
        out.append(paint.alarm(host.name() + ": " + what))
                .append("\n    ")
                .append(paint.text(wrap(why, 4, style.width())))
                .append("\n\n");
    }

    private void converged(Map<Host, Outcome> outcomes) {
        List<String> names = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Outcome.Converged)
                .map(entry -> entry.getKey().name())
                .toList();
        if (names.isEmpty()) return;
        out.append(paint.good("Converged"))
                .append(": ")
                .append(wrap(String.join(", ", names), 11, style.width()))
                .append("\n\n");
    }
}
