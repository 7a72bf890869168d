package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.PrivateFile;

/**
 * The record of one run on this machine. It is there before any host changes, as of a run that is not finished, and is
 * replaced whole by how the run ended: what is killed in between leaves the first one.
 */
final class RunRecord {
    private final Session session;
    private final ShowOptions show;
    private final String run;
    private final Map<String, String> about;
    private Function<Map<String, String>, String> text = _ -> "";
    private boolean begun;
    private boolean missed;

    /** @param about who runs it, from where, with what */
    RunRecord(Session session, ShowOptions show, String run, Map<String, String> about) {
        this.session = session;
        this.show = show;
        this.run = run;
        this.about = about;
    }

    /** @param known what is to be done, as data, with what is said of the run as a whole */
    void begin(Function<Map<String, String>, String> known) {
        text = known;
        write(Map.of("outcome", "unfinished"));
    }

    /** Nothing was changed, though it was about to be. */
    void refused(String why) {
        write(Map.of("outcome", "refused", "why", why, "ended", now()));
    }

    void end(String outcome, Function<Map<String, String>, String> known) {
        text = known;
        Path file = write(Map.of("outcome", outcome, "ended", now()));
        if (file != null && show.verbosity() > 0)
            session.tell("The record of this run: " + file + "; its log lies beside it\n");
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private @Nullable Path write(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(about);
        all.put("run", run);
        all.putAll(more);
        try {
            Path file = Audit.write(session.terminal().environment(), run, text.apply(all));
            begun = true;
            return file;
        } catch (IOException e) {
            String what = "the record of this run cannot be written: " + PrivateFile.why(e);
            // One that was begun and says 'unfinished' now is wrong; where none could be begun, that was said.
            if (begun) session.lost(what);
            else if (!missed) session.tell("linkctl: " + what + "; the run goes on without\n");
            missed = true;
            return null;
        }
    }
}
