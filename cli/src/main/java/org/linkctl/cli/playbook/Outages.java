package org.linkctl.cli.playbook;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.engine.CommandOutcome;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.playbook.Action;
import org.linkctl.shell.Argv;

/**
 * Pings that run on a host while other steps are done, and what they tell.
 *
 * @param run the name of the playbook's run in records
 */
record Outages(CommandContext context, HostRuns runs, Fabric fabric, String run) {
    /** The host ends a ping by itself after this time, should nobody come back; by then it has said less than a host may. */
    static final String LONGEST_SECONDS = "3000";

    private static final String BEGIN = program("watch-begin.sh");
    private static final String END = program("watch-end.sh");

    /** What {@link #END} ends with where nothing of this run is there. */
    private static final int NOT_THERE = 3;

    private static String program(String name) {
        try (InputStream in = Outages.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("linkctl's jar lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String begin(Action.Watch watch) {
        changed(watch.from(), program(BEGIN, watch));
        return "";
    }

    private Argv program(String program, Action.Watch watch) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", program, "sh", file(watch)));
        words.addAll(ping(watch));
        return new Argv(words);
    }

    /** ping(8) of iputils, and of FreeBSD, whose options for the source and the end differ. */
    private static List<String> ping(Action.Watch watch) {
        String seconds = String.format(Locale.ROOT, "%.1f", Action.Watch.MILLIS / 1000.0);
        String source = watch.source().toString();
        String target = watch.target().toString();
        String family = watch.target().isV6() ? "-6" : "-4";
        return watch.from().os() == Os.LINUX
                ? List.of("ping", family, "-n", "-i", seconds, "-w", LONGEST_SECONDS, "-I", source, target)
                : List.of("ping", family, "-n", "-i", seconds, "-t", LONGEST_SECONDS, "-S", source, target);
    }

    /** In a folder of root's, and gone after a reboot. What another run has left there is not this one's. */
    private String file(Action.Watch watch) {
        return "/var/run/linkctl-ping-" + watch.name() + "-" + run;
    }

    PingResult end(Action.Watch watch) {
        changed(watch.from(), program(END, watch));
        Argv reading = Argv.of("cat", file(watch));
        String said = output(
                watch.from(), runs.commanding(run, commands -> commands.ask(watch.from(), reading))); // all of it
        changed(watch.from(), Argv.of("rm", "-f", file(watch)));
        return PingResult.read(said, first(watch.from().os()), Action.Watch.MILLIS);
    }

    /** The number of the first packet: ping(8) of iputils begins at 1, that of FreeBSD at 0. */
    private static int first(Os os) {
        return os == Os.LINUX ? 1 : 0;
    }

    /**
     * What there is to say of it, beside the last one of that name.
     *
     * @param most the longest time without an answer that is no failure, in seconds
     */
    String told(Action.Watch watch, int most, PingResult result) {
        new PlaybookEvents(context.events()).outage(watch, result);
        Optional<Path> kept = UserFolders.state(context.terminal().environment())
                .map(state -> state.resolve("measured").resolve(fabric.name()).resolve("o-" + watch.name() + ".txt"));
        String before = kept.filter(Files::exists).map(Outages::last).orElse("");
        kept.ifPresent(file -> keep(file, result.text()));
        String said = result.text() + (before.isEmpty() ? "" : "; last time " + before);
        if (result.seconds() <= most) return said;
        throw new StepFailure(ExitStatus.NOT_CONVERGED, said + "; " + most + " s are allowed");
    }

    /** Ends the ping, whatever it would tell. */
    void abandon(Action.Watch watch) {
        CommandOutcome ended = runs.commanding(run, commands -> commands.run(watch.from(), program(END, watch)));
        if (!(ended instanceof CommandOutcome.Ended(int status, String _) && status == NOT_THERE))
        {
            String _ = output(watch.from(), ended);
        }
        changed(watch.from(), Argv.of("rm", "-f", file(watch)));
    }

    private static String last(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private void keep(Path file, String text) {
        try {
            Path _ = PrivateFile.folder(Objects.requireNonNull(file.getParent(), "it is in a folder"));
            Path _ = PrivateFile.write(file, text + "\n");
        } catch (IOException e) {
            context.reportLoss("'" + file + "' cannot be written: " + PrivateFile.why(e));
        }
    }

    private void changed(Host host, Argv command) {
        String _ = output(host, runs.commanding(run, commands -> commands.run(host, command)));
    }

    private String output(Host host, CommandOutcome outcome) {
        runs.clearProgress();
        return switch (outcome) {
            case CommandOutcome.Ended(int status, String output) when status == 0 -> output;
            case CommandOutcome.Ended(int status, String output) ->
                throw new StepFailure(
                        ExitStatus.ERROR,
                        "the ping on " + host.name() + " ended with " + status + ": " + output.strip());
            case CommandOutcome.NotKnown(var why) ->
                throw new StepFailure(ExitStatus.of(List.of(why)), Waiting.why(Map.of(host, why)));
        };
    }
}
