package org.linkctl.cli.playbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.engine.CommandOutcome;
import org.linkctl.model.Host;
import org.linkctl.playbook.Action;
import org.linkctl.shell.Argv;

/**
 * Programs that run on hosts while other steps are done, each with a file for what it says: in a folder of root's, gone after a
 * reboot, and of a name that no other run has.
 *
 * @param run the name of the playbook's run in records
 */
record WatchPrograms(HostRuns runs, String run) {
    /** Starts one, as its first words are. */
    static final String BEGIN = text("watch-begin.sh");

    /** Starts TCP connections, and says what they met. */
    static final String BEGIN_TCP = text("watch-tcp.sh");

    private static final String END = text("watch-end.sh");

    /** What {@link #END} ends with where nothing of this run is there. */
    private static final int NOT_THERE = 3;

    private static String text(String name) {
        try (InputStream in = WatchPrograms.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("linkctl's jar lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One that runs, or did.
     *
     * @param kind of it, as part of the file's name
     * @param words the program and its arguments
     */
    record One(Action.Watch watch, String kind, Host host, List<String> words) {}

    private String file(One one) {
        return "/var/run/linkctl-" + one.kind() + "-" + one.watch().name() + "-" + run;
    }

    private Argv argv(String program, One one) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", program, "sh", file(one)));
        words.addAll(one.words());
        return new Argv(words);
    }

    /** @param how {@link #BEGIN} or {@link #BEGIN_TCP} */
    void begin(String how, One one) {
        String _ = done(one, argv(how, one));
    }

    /** What it said to its end; its file is gone then. */
    String end(One one) {
        String _ = done(one, argv(END, one));
        Argv reading = Argv.of("cat", file(one));
        String said = output(one, runs.commanding(run, commands -> commands.ask(one.host(), reading)));
        forget(one);
        return said;
    }

    /** Ends it, whatever it would say, if it is there. */
    void abandon(One one) {
        CommandOutcome ended = runs.commanding(run, commands -> commands.run(one.host(), argv(END, one)));
        boolean gone = ended instanceof CommandOutcome.Ended(int status, String _) && status == NOT_THERE;
        if (gone) runs.clearProgress();
        else {
            String _ = output(one, ended);
        }
        forget(one);
    }

    private void forget(One one) {
        String _ = done(one, Argv.of("rm", "-f", file(one)));
    }

    private String done(One one, Argv command) {
        return output(one, runs.commanding(run, commands -> commands.run(one.host(), command)));
    }

    private String output(One one, CommandOutcome outcome) {
        runs.clearProgress();
        return switch (outcome) {
            case CommandOutcome.Ended(int status, String output) when status == 0 -> output;
            case CommandOutcome.Ended(int status, String output) ->
                throw new StepFailure(
                        ExitStatus.ERROR,
                        "the " + one.kind() + " on " + one.host().name() + " ended with " + status + ": "
                                + output.strip().replace("\n", "; "));
            case CommandOutcome.NotKnown(var why) ->
                throw new StepFailure(ExitStatus.of(List.of(why)), Waiting.why(java.util.Map.of(one.host(), why)));
        };
    }
}
