package org.linkctl.cli.show;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import org.linkctl.spread.Departure;

/**
 * All that `linkctl plan` has to say.
 *
 * @param fabric its name
 * @param stages the order in which it is carried out
 * @param hostWarnings what whoever lets linkctl go on has to know beside the changes
 * @param sourceLine for the warnings
 */
public record PlanReport(
        String fabric,
        Map<Host, Outcome> outcomes,
        Stages stages,
        Map<Host, List<HostPlan.Warning>> hostWarnings,
        List<Departure> departures,
        List<Diagnostic> warnings,
        Function<Place, @Nullable String> sourceLine) {

    /**
     * For people: hosts, the order, what is cut, where the tunnels go, what is doubtful, then the summary. Without {@link
     * Look.Detail#DIFF} what an engineer decides by, with it also what is in files.
     */
    public String text(Look look) {
        String doubts = CheckText.diagnostics(warnings, sourceLine, look.paint());
        return PlanText.of(outcomes, look)
                + WarningsText.of(hostWarnings, look)
                + StagesText.of(stages, look)
                + SpreadText.of(departures, look)
                + (doubts.isEmpty() ? "" : doubts + "\n")
                + (look.shows(Look.Detail.DIFF) ? "" : PlanText.hint(outcomes, look))
                + PlanText.summary(outcomes, look)
                + "\n";
    }

    /** As data: docs/plan-json.md. */
    public String json() {
        return PlanJson.of(this);
    }

    public Tally tally() {
        return Tally.of(outcomes.values());
    }
}
