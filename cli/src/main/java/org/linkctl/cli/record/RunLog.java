package org.linkctl.cli.record;

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
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.show.OutcomeLabel;
import org.linkctl.engine.Events;
import org.linkctl.engine.Health;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/**
 * Logs what is run on hosts while it is run, so that the log of a run that was killed ends where the run did. Entries
 * before the first file is opened are kept and written then. Commands are on lines of their own, ready to be pasted
 * into a root shell of the host that the line above names; all else is a shell comment. Thread-safe.
 */
public final class RunLog implements Events {
    private static final Set<OpenOption> APPENDING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);

    private final Events shown;
    private final Clock clock;
    private final Consumer<String> lost;
    private final Map<Path, Writer> files = new LinkedHashMap<>();
    private @Nullable StringBuilder early = new StringBuilder();

    /**
     * @param shown also gets all events
     * @param lost receives why a log file ends before the run does
     */
    public RunLog(Events shown, Clock clock, Consumer<String> lost) {
        this.shown = shown;
        this.clock = clock;
        this.lost = lost;
    }

    /** Opens a log file, and writes what was kept so far. A new file is readable by its owner alone. */
    public synchronized void to(Path file) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        Writer made = Channels.newWriter(Files.newByteChannel(file, APPENDING, owner), StandardCharsets.UTF_8);
        files.put(file, made);
        write(file, made, String.valueOf(early));
    }

    /** No further files will be opened: entries are no longer kept. */
    public synchronized void settled() {
        early = null;
    }

    private synchronized void entry(String comment, String command) {
        StringBuilder out = new StringBuilder();
        comment.lines().forEach(line -> out.append("# ").append(line).append('\n'));
        if (!command.isEmpty()) out.append(command).append('\n');
        if (early != null) early.append(out);
        Map.copyOf(files).forEach((file, writer) -> write(file, writer, out.toString()));
    }

    /** An error such as a full disk ends the log, not the run: hosts must not be left half changed for it. */
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

    /** Writes what the run is, as a comment. */
    public void head(String text) {
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
    public void known(Host host, Outcome outcome) {
        shown.known(host, outcome);
    }

    @Override
    public void known(Host host, Health health) {
        shown.known(host, health);
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
    public void itemStarted(Host host, HostPlan.Item item) {
        shown.itemStarted(host, item);
    }

    @Override
    public void itemEnded(Host host, HostPlan.Item item, boolean good) {
        shown.itemEnded(host, item, good);
    }

    @Override
    public void confirmed(Host host) {
        shown.confirmed(host);
    }

    @Override
    public void rollingBack(Host host, String why) {
        shown.rollingBack(host, why);
    }

    @Override
    public void ended(Host host, Outcome outcome) {
        entry(at(host) + ": " + OutcomeLabel.of(outcome), "");
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
