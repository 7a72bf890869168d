package org.linkctl.cli.command;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.show.Look;
import org.linkctl.cli.show.PlanJson;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.Tally;
import org.linkctl.cli.show.Words;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.model.Host;

/** Carries out a plan that was shown, with a yes for exactly what is carried out, and leaves a record of it. */
final class Carrying {
    private final Session session;
    private final ShowOptions show;
    private final boolean asks;
    private Map<Host, Outcome> planned = Map.of();
    private @Nullable RunRecord record;

    Carrying(Session session, ShowOptions show, boolean asks) {
        this.session = session;
        this.show = show;
        this.asks = asks;
    }

    void confirm(Tally tally) {
        String cutting = tally.cuts() == 0 ? "" : ", interrupting traffic";
        confirm("Change " + Words.count(tally.hosts(), "host") + cutting + "?");
    }

    void confirm(String question) {
        if (asks) Consent.require(session.terminal(), question, "nothing was changed");
    }

    /**
     * Others may have been at work since the plan was shown: what is carried out is what was last shown.
     *
     * @return whether it is another one now, which has to be asked about, too
     */
    boolean moved(PlanReport shown, PlanReport now, Look look) {
        Look whole = look.with(Look.Detail.DIFF);
        if (now.text(whole).equals(shown.text(whole))) return false;
        boolean folded = now.text(look).equals(shown.text(look));
        session.print("\nThe hosts have changed since this plan was made. The plan now:\n\n"
                + now.text(folded ? whole : look));
        return true;
    }

    /** From now on there is a record of the run, whatever comes of it. */
    void begin(Run run, Map<String, String> about, PlanReport plan) {
        planned = plan.outcomes();
        record = new RunRecord(session, show, run.id(), about);
        record.begin(all -> PlanJson.of(plan, all, planned));
    }

    /** Does it; where it comes to nothing after all, the record says why. */
    <T> T recorded(Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure e) {
            if (record != null) record.refused(String.valueOf(e.getMessage()));
            throw e;
        }
    }

    void record(PlanReport report) {
        boolean good = report.outcomes().values().stream().allMatch(Outcome::good);
        if (record != null) record.end(good ? "converged" : "not-converged", all -> PlanJson.of(report, all, planned));
    }
}
