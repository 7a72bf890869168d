package org.linkctl.cli.run;

import java.util.Map;
import java.util.function.Consumer;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.show.ChangeCounts;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.StagesText;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;

/**
 * Carries out a plan that was shown: the hosts are locked, looked at again, changed and recorded. The same for {@code
 * linkctl apply} and for a step of a playbook.
 *
 * @param execution asks, and records
 * @param about who runs it, for the record
 * @param allowCut whether traffic may be interrupted that has no other path
 * @param shows whether a plan that has changed meanwhile is shown, and asked about, once more
 * @param style of that plan
 */
public record ApplyRun(
        CommandContext context,
        ShowOptions show,
        InventoryArgument.Read read,
        HostRuns runs,
        PlanExecution execution,
        Map<String, String> about,
        boolean allowCut,
        boolean shows,
        TextStyle style) {
    /**
     * Carries out a plan in which something differs.
     *
     * @param required throws where the hosts, once locked, differ from what the user wants
     * @return how it ended
     * @throws Failure where it is refused; nothing was changed then
     */
    public PlanReport carryOut(Run run, PlanReport plan, Consumer<PlanReport> required) {
        allowCuts(run.stages());
        execution.confirm(counts(run, plan));
        execution.begin(run, about, plan);
        runs.beginChanges(run);
        Map<Host, Outcome> reserved = run.reserve();
        PlanReport now = read.report(reserved, run);
        runs.clearProgress();
        if (reserved.values().stream().noneMatch(outcome -> outcome instanceof Outcome.Locked)) {
            required.accept(now);
            boolean changed = shows && execution.showIfChanged(plan, now, style);
            allowCuts(now.stages());
            SentFiles.require(context, show, read, runs, now, true);
            if (changed) {
                ChangeCounts changes = counts(run, now);
                if (changes.hosts() > 0) execution.confirm(changes);
            }
        }
        Map<Host, Outcome> outcomes = run.apply();
        runs.clearProgress();
        PlanReport report = read.report(outcomes, run);
        execution.record(report);
        return report;
    }

    /** What the question is about: what waits for another run is shown, and not done now. */
    private static ChangeCounts counts(Run run, PlanReport plan) {
        return ChangeCounts.of(plan.outcomes(), run.together().keySet());
    }

    /**
     * Cuts need an explicit option: a user who changes a keepalive interval must not learn afterwards that the link was
     * down. Of a plan that nobody is shown the cuts are told here.
     */
    private void allowCuts(Stages stages) {
        if (allowCut || stages.cuts().isEmpty()) return;
        throw new Failure(
                ExitStatus.REFUSED,
                (shows ? "" : StagesText.cuts(stages, TextStyle.PLAIN) + "\n")
                        + "This cuts traffic that has no other path (above), so nothing was changed. Say --allow-cut to do it"
                        + " all the same.");
    }
}
