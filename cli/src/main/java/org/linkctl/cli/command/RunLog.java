package org.linkctl.cli.command;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.PrivateFile;
import org.linkctl.engine.Events;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/**
 * Writes down what is run on hosts, while it is run, so that the log of a run that was killed ends where it was. What
 * happens before there is a file to write to is kept and written then. Commands stand on lines of their own, ready to be
 * pasted into a root shell of the host that the line above them names; all else is a comment of that shell. Safe for many
 * threads.
 */
final class RunLog implements Events {
    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Events shown;
    private final Clock clock;
    private final Consumer<String> lost;
    private final Map<Path, Writer> files = new LinkedHashMap<>();
    private @Nullable StringBuilder early = new StringBuilder();

    /**
     * @param shown told of everything as well
     * @param lost told why a file ends before the run does
     */
    RunLog(Events shown, Clock clock, Consumer<String> lost) {
        this.shown = shown;
        this.clock = clock;
        this.lost = lost;
    }

    /** From now on this file has everything, what was before included. It is readable by its owner alone if it is new. */
    synchronized void to(Path file) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Writer made = Channels.newWriter(Files.newByteChannel(file, APPENDING, owner), StandardCharsets.UTF_8);
        files.put(file, made);
        write(file, made, String.valueOf(early));
    }

    /** Nothing that comes is kept for files that are yet to be named. */
    synchronized void settled() {
        early = null;
    }

    private synchronized void entry(String comment, String command) {
        StringBuilder out = new StringBuilder();
        comment.lines().forEach(line -> out.append("# ").append(line).append('\n'));
        if (!command.isEmpty()) out.append(command).append('\n');
        if (early != null) early.append(out);
        Map.copyOf(files).forEach((file, writer) -> write(file, writer, out.toString()));
    }

    /** A disk that is full ends the log, not the run: hosts that are being changed are not left half way for it. */
    private void write(Path file, Writer writer, String text) {
        try {
            writer.write(text);
            writer.flush();
        } catch (IOException e) {
            files.remove(file);
            lost.accept("the log '" + file + "' is not whole: " + PrivateFile.why(e));
        }
    }

    private String at(Host host) {
        return Instant.now(clock).truncatedTo(ChronoUnit.MILLIS) + " " + host.name();
    }

    /** What the run is, for whoever reads the log. */
    void head(String text) {
        entry(text, "");
    }

    @Override
    public void connecting(Host host) {
        shown.connecting(host);
    }

    @Override
    public void probing(Host host, int questions) {
        shown.probing(host, questions);
    }

    @Override
    public void planned(Host host, HostPlan plan) {
        shown.planned(host, plan);
    }

    @Override
    public void step(Host host, Step step, int number, int of) {
        shown.step(host, step, number, of);
    }

    @Override
    public void ended(Host host, Outcome outcome) {
        entry(at(host) + ": " + Progress.word(outcome), "");
        shown.ended(host, outcome);
    }

    @Override
    public void notice(Host host, String text) {
        entry(at(host) + ": " + text, "");
        shown.notice(host, text);
    }

    @Override
    public void trace(Host host, String text) {
        if (text.startsWith("$ ")) entry(at(host) + " does:", text.substring(2));
        else if (text.startsWith("? ")) entry(at(host) + " is asked:", text.substring(2));
        else if (text.startsWith("= ")) entry(at(host) + ": status " + text.substring(2), "");
        else entry(at(host) + ": " + text, "");
        shown.trace(host, text);
    }
}
