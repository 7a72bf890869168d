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
 * All that {@code linkctl plan} shows.
 *
 * @param fabric its name
 * @param stages the order in which the plan is carried out
 * @param hostWarnings what the user has to know before going on, beside the changes
 * @param sourceLine the lines of the inventory, for the warnings
 */
public record PlanReport(
        String fabric,
        Map<Host, Outcome> outcomes,
        Stages stages,
        Map<Host, List<HostPlan.Warning>> hostWarnings,
        List<Departure> departures,
        List<Diagnostic> warnings,
        Function<Place, @Nullable String> sourceLine) {

    /** Of no host. */
    public static PlanReport empty(String fabric) {
        return new PlanReport(fabric, Map.of(), Stages.NONE, Map.of(), List.of(), List.of(), _ -> null);
    }

    /**
     * As text: hosts, stages, cuts, expected bond members of tunnels, warnings, then the summary. With {@link
     * TextStyle.Detail#DIFF} also the content of files.
     */
    public String text(TextStyle style) {
        return new ShownHosts(style).rest(this);
    }

    /** What follows the parts of the hosts. */
    String afterHosts(TextStyle style) {
        String doubts = CheckText.diagnostics(warnings, sourceLine, style.paint());
        return PlanText.rest(outcomes, style)
                + WarningsText.of(hostWarnings, style)
                + StagesText.of(stages, style)
                + SpreadText.of(departures, style)
                + (doubts.isEmpty() ? "" : doubts + "\n")
                + (style.shows(TextStyle.Detail.DIFF) ? "" : PlanText.hint(outcomes, style))
                + PlanText.summary(outcomes, style)
                + "\n";
    }

    /** As data: docs/plan-json.md. */
    public String json() {
        return PlanJson.of(this);
    }

    public ChangeCounts counts() {
        return ChangeCounts.of(outcomes.values());
    }
}
