package org.linkctl.cli.run;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ConfirmationPrompt;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.record.RunRecord;
import org.linkctl.cli.show.ChangeCounts;
import org.linkctl.cli.show.PlanJson;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextLayout;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.model.Host;

/** Carries out a plan that was shown: the user confirms exactly what is carried out, and a record is left. */
public final class PlanExecution {
    private final CommandContext context;
    private final ShowOptions show;
    private final boolean asks;
    private Map<Host, Outcome> planned = Map.of();
    private @Nullable RunRecord record;

    public PlanExecution(CommandContext context, ShowOptions show, boolean asks) {
        this.context = context;
        this.show = show;
        this.asks = asks;
    }

    public void confirm(ChangeCounts counts) {
        String cutting = counts.cuts() == 0 ? "" : ", interrupting traffic";
        confirm("Change " + TextLayout.count(counts.hosts(), "host") + cutting + "?");
    }

    public void confirm(String question) {
        if (asks) ConfirmationPrompt.require(context.terminal(), question, "nothing was changed");
    }

    /**
     * Shows the plan again if the hosts have changed since it was shown.
     *
     * @return whether it differs, so that the user has to confirm again
     */
    public boolean showIfChanged(PlanReport shown, PlanReport now, TextStyle style) {
        TextStyle whole = style.with(TextStyle.Detail.DIFF);
        if (now.text(whole).equals(shown.text(whole))) return false;
        boolean folded = now.text(style).equals(shown.text(style));
        context.print("\nThe hosts have changed since this plan was made. The plan now:\n\n"
                + now.text(folded ? whole : style));
        return true;
    }

    /** Writes the record of the run as unfinished. */
    public void begin(Run run, Map<String, String> about, PlanReport plan) {
        planned = plan.outcomes();
        record = new RunRecord(context, show, run.id(), about);
        record.begin(all -> PlanJson.of(plan, all, planned));
    }

    /** Does the work; where it fails, the record says why. */
    public <T> T recorded(Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure e) {
            if (record != null) record.refused(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    public void record(PlanReport report) {
        boolean good = report.outcomes().values().stream().allMatch(Outcome::good);
        if (record != null) record.end(good ? "converged" : "not-converged", all -> PlanJson.of(report, all, planned));
    }
}
