package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.linkctl.cli.PrivateFile;
import org.linkctl.cli.Terminal;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Engine;
import org.linkctl.engine.Health;
import org.linkctl.engine.History;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Reversal;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Selection;
import org.linkctl.engine.Settings;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Secrets;

/** Opens runs for a command, shows their progress, and leaves the hosts whatever happens. */
final class Runs {
    private static final String PLAN_INTERRUPTED = "Interrupted. Nothing was changed.";
    private static final DateTimeFormatter ROLLBACK =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String APPLY_INTERRUPTED =
            "Interrupted. Hosts that were being changed undo it by themselves; `linkctl history` tells.";

    private static final String ROLLBACK_INTERRUPTED =
            "Interrupted. Hosts that had begun to go back go on; `linkctl history` tells.";

    private final Session session;
    private final ConnectionOptions connection;
    private final SelectionOptions selection;
    private final Progress progress;
    private final RunLog log;
    private Safety safety;
    private Secrets secrets = Secrets.NONE;
    private Undeclared undeclared = Undeclared.REMOVED;
    private boolean leaving;
    private volatile String interrupted = PLAN_INTERRUPTED;

    Runs(Session session, ConnectionOptions connection, SelectionOptions selection, ShowOptions show) {
        this.session = session;
        this.connection = connection;
        this.selection = selection;
        Safety usual = Safety.USUAL;
        this.safety = new Safety(
                usual.confirmWithin(), usual.lockTimeout(), session.parts().home(), usual.about());
        Terminal terminal = session.terminal();
        this.progress = new Progress(terminal, show.errPaint(terminal), show.verbosity(), session.part());
        this.log = new RunLog(progress, Clock.systemUTC(), session::lost);
        connection.logFile().ifPresent(this::log);
    }

    Runs guarded(Safety how) {
        safety = how;
        return this;
    }

    Runs undeclared(Undeclared how) {
        undeclared = how;
        return this;
    }

    /** Nothing is wanted on the hosts any more. */
    Runs leaving() {
        leaving = true;
        return this;
    }

    /** From now on runs have these secrets. */
    void knowing(Secrets found) {
        secrets = found;
    }

    /** From now on hosts change: whatever comes of that, the log tells what was done. */
    void changing(Run run) {
        // The hosts of a demo go with it.
        interrupted = session.part().isEmpty() ? APPLY_INTERRUPTED : "Interrupted.";
        keep(run.id());
    }

    private void keep(String name) {
        try {
            log.to(Audit.log(session.terminal().environment(), name));
        } catch (IOException e) {
            session.tell(
                    "The log of this run cannot be written, and the run goes on without: " + PrivateFile.why(e) + "\n");
        }
        log.settled();
    }

    private void log(Path file) {
        try {
            log.to(file);
        } catch (IOException | UnsupportedOperationException e) {
            throw new Failure("--log-file: '" + file + "' cannot be written: "
                    + (e instanceof IOException io ? PrivateFile.why(io) : e.getMessage()));
        }
    }

    /** Tells of something that takes its time and is done on no host of the run's; empty: it is done. */
    void task(String text) {
        progress.task(text);
    }

    /** The line at the bottom goes: what follows is the result. */
    void quiet() {
        progress.clear();
    }

    <T> T during(Fabric fabric, Function<Run, T> work) {
        return withEngine(engine -> {
            try (Run run = open(engine, fabric)) {
                return Interrupt.during(() -> work.apply(run), () -> interrupt(run));
            }
        });
    }

    private Run open(Engine engine, Fabric fabric) {
        Selection selected = selection(fabric);
        Run run = leaving
                ? engine.leave(fabric, selected, undeclared)
                : engine.open(fabric, selected, secrets, undeclared);
        log.head("run " + run.id() + about());
        return run;
    }

    /** What the hosts are told as well; nothing where a run could not change any. */
    private String about() {
        Map<String, String> about = new TreeMap<>(safety.about());
        return about.isEmpty() ? "" : " " + about;
    }

    private void interrupt(Run run) {
        progress.end(interrupted);
        run.close();
    }

    /** Examines the selected hosts. */
    Map<Host, Health> examine(Fabric fabric) {
        return withEngine(engine ->
                Interrupt.during(() -> engine.verify(fabric, selection(fabric)), () -> progress.end(interrupted)));
    }

    Map<Host, History> history(Fabric fabric) {
        return withEngine(engine ->
                Interrupt.during(() -> engine.history(fabric, selection(fabric)), () -> progress.end(interrupted)));
    }

    Map<Host, Reversal> reversals(Fabric fabric) {
        return withEngine(engine ->
                Interrupt.during(() -> engine.reversals(fabric, selection(fabric)), () -> progress.end(interrupted)));
    }

    /** By what a rollback that begins now is known in records: no two have the same. */
    static String rollback() {
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        return ROLLBACK.format(Instant.now()) + "-" + HexFormat.of().formatHex(random) + "-rollback";
    }

    /** @param name of the rollback in records */
    Map<Host, Outcome> undo(Fabric fabric, Map<Host, PastRun> runs, String name) {
        interrupted = ROLLBACK_INTERRUPTED;
        runs.forEach((host, run) -> log.head("rollback of run " + run.id() + " on " + host.name() + about()));
        keep(name);
        return withEngine(engine ->
                Interrupt.during(() -> engine.undo(fabric, selection(fabric), runs), () -> progress.end(interrupted)));
    }

    private Selection selection(Fabric fabric) {
        return selection.selection(fabric, session.parts().planner());
    }

    /**
     * Work that goes to hosts by itself.
     *
     * @param longest what one of its questions may take
     */
    <T> T connected(Duration longest, Function<Connector, T> work) {
        Settings settings =
                connection.settings(new Asking(session.terminal(), progress)).lasting(longest);
        try (Connector connector = session.parts().connecting().apply(settings, log)) {
            return Interrupt.during(() -> work.apply(connector), () -> progress.end(interrupted));
        }
    }

    private <T> T withEngine(Function<Engine, T> work) {
        Settings settings =
                connection.settings(new Asking(session.terminal(), progress)).with(safety);
        try (Connector connector = session.parts().connecting().apply(settings, log)) {
            return work.apply(new Engine(session.parts().planner(), connector, log, settings));
        }
    }
}
