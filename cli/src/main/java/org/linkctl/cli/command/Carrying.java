package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.linkctl.cli.show.Look;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.Tally;
import org.linkctl.cli.show.Words;
import org.linkctl.engine.Run;

/** Carries out a plan that was shown, with a yes for exactly what is carried out, and leaves a record of it. */
final class Carrying {
    private final Session session;
    private final ShowOptions show;
    private final boolean asks;

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
        if (now.text(look).equals(shown.text(look))) return false;
        session.print("\nThe hosts have moved meanwhile. Now it is:\n\n" + now.text(look));
        return true;
    }

    void record(Run run, Map<String, String> about, PlanReport report) {
        try {
            Path file = Audit.write(session.terminal().environment(), run.id(), about, report);
            if (show.verbosity() > 0) session.tell("The record of this run: " + file + "; its log lies beside it\n");
        } catch (IOException e) {
            session.tell("The record of this run could not be written: " + e + "\n");
        }
    }
}
