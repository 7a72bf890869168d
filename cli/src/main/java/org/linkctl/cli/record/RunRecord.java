package org.linkctl.cli.record;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.option.ShowOptions;

/**
 * The record of one run on this machine. It is written as unfinished before any host changes, and replaced when the run
 * ends: a run that was killed leaves the first one.
 */
public final class RunRecord {
    private final CommandContext context;
    private final ShowOptions show;
    private final String run;
    private final Map<String, String> about;
    private Function<Map<String, String>, String> text = _ -> "";
    private boolean begun;
    private boolean missed;

    /** @param about who runs it, from where, with which inventory */
    public RunRecord(CommandContext context, ShowOptions show, String run, Map<String, String> about) {
        this.context = context;
        this.show = show;
        this.run = run;
        this.about = about;
    }

    /** @param known the JSON of the plan, for these entries about the run */
    public void begin(Function<Map<String, String>, String> known) {
        text = known;
        write(Map.of("outcome", "unfinished"));
    }

    /** The run ends without a change, for this reason. */
    public void refused(String why) {
        write(Map.of("outcome", "refused", "why", why, "ended", now()));
    }

    public void end(String outcome, Function<Map<String, String>, String> known) {
        text = known;
        Path file = write(Map.of("outcome", outcome, "ended", now()));
        if (file != null && show.verbosity() > 0)
            context.message("The record of this run: " + file + "; its log lies beside it\n");
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private @Nullable Path write(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(about);
        all.put("run", run);
        all.putAll(more);
        try {
            Path file = RunRecordFiles.write(context.terminal().environment(), run, text.apply(all));
            begun = true;
            return file;
        } catch (IOException e) {
            String what = "the record of this run cannot be written: " + PrivateFile.why(e);
            // A record that still says unfinished would be wrong; that none could be written was reported before.
            if (begun) context.reportLoss(what);
            else if (!missed) context.message("linkctl: " + what + "; the run goes on without\n");
            missed = true;
            return null;
        }
    }
}
