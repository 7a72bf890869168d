package org.linkctl.cli.show;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Diagnostic;
import org.linkctl.diag.Place;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spread.Departure;

/**
 * All that `linkctl plan` has to say.
 *
 * @param fabric its name
 * @param sourceLine for the warnings
 */
public record PlanReport(
        String fabric,
        Map<Host, Outcome> outcomes,
        List<Departure> departures,
        List<Diagnostic> warnings,
        Function<Place, @Nullable String> sourceLine) {

    /** For people: hosts, then where the tunnels go, then what is doubtful, then the summary. */
    public String text(Look look) {
        String doubts = CheckText.diagnostics(warnings, sourceLine, look.paint());
        return PlanText.of(outcomes, look)
                + SpreadText.of(departures, look)
                + (doubts.isEmpty() ? "" : doubts + "\n")
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
