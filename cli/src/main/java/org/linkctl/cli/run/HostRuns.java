package org.linkctl.cli.run;

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
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.context.InterruptHandler;
import org.linkctl.cli.files.FileStore;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.record.RunLog;
import org.linkctl.cli.record.RunRecordFiles;
import org.linkctl.engine.Checkup;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Drain;
import org.linkctl.engine.Health;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Selection;
import org.linkctl.engine.Settings;
import org.linkctl.engine.guard.History;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.PlannedRollback;
import org.linkctl.engine.run.Engine;
import org.linkctl.engine.run.HostCommands;
import org.linkctl.engine.run.HostQuestions;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Undeclared;
import org.linkctl.spi.Secrets;

/** Opens runs for a command, shows their progress, and closes the connections in any case. */
public final class HostRuns {
    private static final String PLAN_INTERRUPTED = "Interrupted. Nothing was changed.";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final String APPLY_INTERRUPTED =
            "Interrupted. Hosts that were being changed undo it by themselves; `linkctl history` tells.";

    private static final String ROLLBACK_INTERRUPTED =
            "Interrupted. Hosts that had begun to go back go on; `linkctl history` tells.";

    private static final String COMMAND_INTERRUPTED =
            "Interrupted. A command that had begun on a host may go on there.";

    /** What an exception says that nobody foresaw is not for a program that follows. */
    private static final String DEFECT = "an error that linkctl did not expect; the standard error says which";

    private final CommandContext context;
    private final ConnectionOptions connection;
    private final SelectionOptions selection;
    private final ProgressDisplay progress;
    private final HostEvents events;
    private final RunLog log;
    private Safety safety;
    private Secrets secrets = Secrets.NONE;
    private final FileStore files = new FileStore();
    private Undeclared undeclared = Undeclared.REMOVED;
    private BiFunction<Fabric, Selection, Selection> part = (fabric, all) -> all;
    private boolean leaving;
    private @Nullable Drain drain;
    private volatile String interrupted = PLAN_INTERRUPTED;

    public HostRuns(
            CommandContext context, ConnectionOptions connection, SelectionOptions selection, ShowOptions show) {
        this.context = context;
        this.connection = connection;
        this.selection = selection;
        Safety usual = Safety.USUAL;
        this.safety = new Safety(
                usual.confirmWithin(),
                usual.lockTimeout(),
                context.installation().home(),
                usual.about());
        Terminal terminal = context.terminal();
        this.progress = new ProgressDisplay(terminal, show.errPaint(terminal), show.verbosity(), context.part());
        this.events = new HostEvents(context.events(), progress);
        this.log = new RunLog(events, Clock.systemUTC(), context::reportLoss);
        connection.logFile().ifPresent(this::log);
    }

    public HostRuns guarded(Safety how) {
        safety = how;
        return this;
    }

    public HostRuns undeclared(Undeclared how) {
        undeclared = how;
        return this;
    }

    /** Runs that want nothing on the hosts any more. */
    public HostRuns leaving() {
        leaving = true;
        return this;
    }

    /** Runs that take something out of service, or put it back, and do nothing else. */
    public HostRuns draining(Drain what) {
        drain = what;
        return this;
    }

    /** Sets the secrets of the runs. */
    public void useSecrets(Secrets found) {
        secrets = found;
    }

    /** The files that hosts may be sent. */
    public FileStore files() {
        return files;
    }

    /** From now on hosts are changed: the log is opened. */
    public void beginChanges(Run run) {
        // The hosts of a demo are removed anyway.
        interrupted = context.part().isEmpty() ? APPLY_INTERRUPTED : "Interrupted.";
        openLog(run.id());
    }

    private void openLog(String name) {
        try {
            log.to(RunRecordFiles.log(context.terminal().environment(), name));
        } catch (IOException e) {
            context.message(
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

    /** Shows a task that takes time and concerns no host of the run; empty: it has ended. */
    void task(String text) {
        progress.task(text);
    }

    /** Removes the progress line: the result follows. */
    public void clearProgress() {
        progress.clear();
    }

    /** Has what a plan says of a host shown as soon as it is known, on the thread that plans. */
    public void showPlans(BiConsumer<Host, Outcome> show) {
        progress.plans(show);
    }

    /** The same of a check of health. */
    public void showHealth(BiConsumer<Host, Health> show) {
        progress.healths(show);
    }

    public <T> T during(Fabric fabric, Function<Run, T> work) {
        return withEngine(engine -> {
            try (Run run = open(engine, fabric)) {
                return InterruptHandler.during(() -> told(fabric, run, work), () -> interrupt(run));
            }
        });
    }

    /** Does the work, and tells a program that follows it how it ended. */
    private <T> T told(Fabric fabric, Run run, Function<Run, T> work) {
        events.begin(run.id(), fabric, () -> interrupted);
        try {
            T out = work.apply(run);
            events.end(run.id(), null);
            return out;
        } catch (RuntimeException | Error e) {
            events.end(run.id(), e instanceof Failure ? e.getMessage() : DEFECT);
            throw e;
        }
    }

    private Run open(Engine engine, Fabric fabric) {
        Selection selected = selection(fabric);
        Run run = drain != null
                ? engine.drain(fabric, drain, secrets)
                : leaving
                        ? engine.leave(fabric, selected, undeclared)
                        : engine.open(fabric, selected, secrets, undeclared);
        log.head("run " + run.id() + about());
        return run;
    }

    /** What the hosts record too; empty for a run that changes nothing. */
    private String about() {
        Map<String, String> about = new TreeMap<>(safety.about());
        return about.isEmpty() ? "" : " " + about;
    }

    private void interrupt(Run run) {
        progress.end(interrupted);
        context.events().interrupt();
        run.close();
    }

    /** Checks the health of the selected hosts. */
    public Map<Host, Health> examine(Fabric fabric) {
        return withEngine(engine -> InterruptHandler.during(
                () -> engine.verify(fabric, selection(fabric)), () -> progress.end(interrupted)));
    }

    /** What is in the way of what is declared for the selected hosts. */
    public Map<Host, Checkup> diagnose(Fabric fabric) {
        return withEngine(engine -> InterruptHandler.during(
                () -> engine.diagnose(
                        fabric, selection(fabric), context.installation().examinations()),
                () -> progress.end(interrupted)));
    }

    public Map<Host, History> history(Fabric fabric) {
        return withEngine(engine -> InterruptHandler.during(
                () -> engine.history(fabric, selection(fabric)), () -> progress.end(interrupted)));
    }

    public Map<Host, PlannedRollback> plannedRollbacks(Fabric fabric) {
        return withEngine(engine -> InterruptHandler.during(
                () -> engine.plannedRollbacks(fabric, selection(fabric)), () -> progress.end(interrupted)));
    }

    /** A new unique id for a rollback in records. */
    public static String rollback() {
        return id("rollback");
    }

    /** A new unique id in records, of what was done. */
    public static String id(String what) {
        byte[] random = new byte[3];
        ThreadLocalRandom.current().nextBytes(random);
        return TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(random) + "-" + what;
    }

    /** @param name of the rollback in records */
    public Map<Host, Outcome> undo(Fabric fabric, Map<Host, PastRun> runs, String name) {
        interrupted = ROLLBACK_INTERRUPTED;
        runs.forEach((host, run) -> log.head("rollback of run " + run.id() + " on " + host.name() + about()));
        openLog(name);
        return withEngine(engine -> InterruptHandler.during(
                () -> engine.undo(fabric, selection(fabric), runs), () -> progress.end(interrupted)));
    }

    /** Runs single commands on hosts, each for as long as the whole may take; they are logged under this name. */
    public <T> T commanding(String name, Function<HostCommands, T> work) {
        interrupted = COMMAND_INTERRUPTED;
        openLog(name);
        return withEngine(Settings::withStepsOfRun, engine -> {
            try (HostCommands commands = engine.commands()) {
                return InterruptHandler.during(() -> work.apply(commands), () -> interrupt(commands));
            }
        });
    }

    /** Asks hosts questions, and changes nothing there. */
    public <T> T asking(Function<HostQuestions, T> work) {
        return withEngine(engine -> {
            try (HostQuestions questions = engine.questions()) {
                return InterruptHandler.during(() -> work.apply(questions), () -> interrupt(questions));
            }
        });
    }

    private void interrupt(HostQuestions questions) {
        progress.end(interrupted);
        questions.close();
    }

    private void interrupt(HostCommands commands) {
        progress.end(interrupted);
        commands.close();
    }

    private Selection selection(Fabric fabric) {
        Selection all = selection.selection(fabric, context.installation().planner());
        return part.apply(fabric, all);
    }

    /** Runs that have only a part of the selected hosts. */
    public HostRuns part(BiFunction<Fabric, Selection, Selection> which) {
        part = which;
        return this;
    }

    /**
     * Runs work that opens its own connections.
     *
     * @param longest how long one of its questions may take
     */
    <T> T connected(Duration longest, Function<Connector, T> work) {
        Settings settings = connection
                .settings(new ConsolePasswords(context.terminal(), progress))
                .withCommandTimeoutAtLeast(longest);
        try (Connector connector = context.installation().connecting().apply(settings, log)) {
            return InterruptHandler.during(() -> work.apply(connector), () -> progress.end(interrupted));
        }
    }

    private <T> T withEngine(Function<Engine, T> work) {
        return withEngine(UnaryOperator.identity(), work);
    }

    private <T> T withEngine(UnaryOperator<Settings> how, Function<Engine, T> work) {
        Settings settings = how.apply(connection
                .settings(new ConsolePasswords(context.terminal(), progress))
                .with(safety)
                .sending(files));
        try (Connector connector = context.installation().connecting().apply(settings, log)) {
            return work.apply(new Engine(context.installation().planner(), connector, log, settings));
        }
    }
}
