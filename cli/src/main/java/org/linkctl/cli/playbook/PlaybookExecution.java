package org.linkctl.cli.playbook;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.context.InterruptHandler;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.record.RunRecord;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.show.ActionText;
import org.linkctl.cli.show.Paint;
import org.linkctl.cli.show.PlaybookJson;
import org.linkctl.cli.show.StepReport;
import org.linkctl.cli.show.StepReport.Outcome;
import org.linkctl.plan.Way;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Condition;
import org.linkctl.playbook.Playbook;
import org.linkctl.playbook.Resume;
import org.linkctl.playbook.Task;
import org.linkctl.shell.Argv;

/**
 * One run of a playbook: its steps in order up to the first that fails, then what is done on failure, then what is always
 * done. Last of all, since each of these may drain something or begin a ping, what is still drained is put back, and the
 * pings that still run are ended.
 */
public final class PlaybookExecution {
    private final CommandContext context;
    private final RunOptions options;
    private final InventoryArgument.Read read;
    private final Playbook playbook;
    private final int from;
    private final String run;
    private final Drained drained = new Drained();
    private final Map<Integer, StepReport> reports = new ConcurrentSkipListMap<>();
    private final Map<Condition, Boolean> answers = new HashMap<>();
    private final Actions actions;
    private final RunRecord record;
    private final Paint paint;
    private final PlaybookEvents events;
    private volatile @Nullable Task now;
    private volatile boolean ending;
    private int status = ExitStatus.OK;
    private String failure = "";

    /** @param from the number of the step at which it begins */
    public PlaybookExecution(
            CommandContext context, RunOptions options, InventoryArgument.Read read, Playbook playbook, int from) {
        this.context = context;
        this.options = options;
        this.read = read;
        this.playbook = playbook;
        this.from = from;
        String id = HostRuns.id("playbook");
        this.events = new PlaybookEvents(context.events());
        this.run = id;
        this.actions = new Actions(context, options, read, id, drained);
        Map<String, String> about = new TreeMap<>(options.safety().about());
        about.put("playbook", playbook.name());
        this.record = new RunRecord(context, options.show(), id, about);
        this.paint = options.show().errPaint(context.terminal());
    }

    /** Carries it out; returns the exit status. */
    public int run() {
        record.begin(this::json);
        events.started(playbook, read.fabric(), run, from, () -> events.interrupted(where(), done(), drained.names()));
        InterruptHandler.during(
                () -> {
                    all();
                    return true;
                },
                this::interrupted);
        conclude();
        return status;
    }

    private void all() {
        List<Task> tasks =
                playbook.tasks().stream().filter(task -> task.number() >= from).toList();
        boolean good = each(tasks);
        if (!good) each(playbook.onFailure());
        each(playbook.always());
        ending = true;
        actions.loginAs("");
        drained.ways().forEach(this::putBack);
        endPings();
        List<String> left = drained.names();
        if (!left.isEmpty()) fail(ExitStatus.NOT_CONVERGED, String.join(", ", left) + " could not be undrained");
        now = null;
    }

    private boolean each(List<Task> tasks) {
        for (Task task : tasks) if (!done(task)) return false;
        return true;
    }

    private boolean done(Task task) {
        now = task;
        long begun = System.nanoTime();
        reports.put(task.number(), new StepReport(Outcome.BEGUN, "", 0));
        record.begin(this::json);
        String title = task.title().isEmpty() ? "" : task.title() + ": ";
        events.stepStarted(task);
        message(paint.heading("[" + counted(task) + "] " + title + ActionText.line(task.action())));
        try {
            Optional<String> needless = unmet(task)
                    .map(condition -> "it is " + condition.phrase())
                    .or(() -> actions.notNeeded(task.action()));
            if (needless.isPresent()) {
                String why = "not done: " + needless.get();
                report(task, new StepReport(Outcome.SKIPPED, why, seconds(begun)));
                message("      " + paint.aside(why));
                return true;
            }
            actions.loginAs(task.login());
            String said = actions.execute(task.action());
            report(task, new StepReport(Outcome.DONE, said, seconds(begun)));
            if (!said.isEmpty()) message("      " + paint.good("done") + ": " + paint.text(said));
            return true;
        } catch (StepFailure e) {
            failed(task, e, begun);
        } catch (Failure e) {
            failed(task, Actions.of(e), begun);
        } catch (RuntimeException | StackOverflowError e) {
            failed(task, unexpected(e), begun);
        }
        return false;
    }

    private void report(Task task, StepReport report) {
        reports.put(task.number(), report);
        events.stepEnded(task, report);
    }

    /** Steps of {@code onFailure} and {@code always} are none of those that a run that goes well has. */
    private String counted(Task task) {
        return playbook.tasks().contains(task)
                ? task.number() + "/" + playbook.tasks().size()
                : Integer.toString(task.number());
    }

    /** The first condition that does not hold; each is asked about once. */
    private Optional<Condition> unmet(Task task) {
        return task.conditions().stream()
                .filter(one -> !answers.computeIfAbsent(one, this::holds))
                .findFirst();
    }

    private boolean holds(Condition condition) {
        actions.loginAs(condition.login());
        return actions.holds(condition);
    }

    /** A defect, or a pattern that goes too deep (java.util.regex.Pattern): what was drained has to be put back all the same. */
    private static StepFailure unexpected(Throwable e) {
        return new StepFailure(ExitStatus.ERROR, e + "; nothing is known to go wrong like this");
    }

    private void failed(Task task, StepFailure why, long begun) {
        String text = String.valueOf(why.getMessage());
        report(task, new StepReport(Outcome.FAILED, text, seconds(begun)));
        message("      " + paint.alarm("FAILED") + ": " + paint.text(text));
        fail(why.status(), "step " + task.number() + " failed: " + text);
    }

    /** The first failure counts: what follows from it is told as well, and changes nothing. */
    private void fail(int how, String why) {
        if (status != ExitStatus.OK) return;
        status = how;
        failure = why;
    }

    private void putBack(Way way) {
        if (drained.toPutBack(way).marks().isEmpty()) {
            // What it shares with something else is put back with that.
            drained.end(way);
            return;
        }
        events.puttingBack(way);
        message(paint.heading(way.name() + " is still drained: it is put back into service"));
        try {
            String _ = actions.draining().putBack(way);
            message("      " + paint.good("done"));
        } catch (RuntimeException | StackOverflowError e) {
            message("      " + paint.alarm("FAILED") + ": " + paint.text(String.valueOf(e.getMessage())));
            fail(ExitStatus.NOT_CONVERGED, way.name() + " could not be undrained");
        }
    }

    private void endPings() {
        for (Action.Watch watch : actions.watching()) {
            try {
                actions.abandon(watch);
            } catch (RuntimeException | StackOverflowError e) {
                String why =
                        "the ping '" + watch.name() + "' on " + watch.from().name() + " could not be ended, and goes on"
                                + " for " + Outages.LONGEST_SECONDS + " s at most"
                                + (actions.hasBegun(watch) ? "" : ", if it began, which is not known") + ": "
                                + e.getMessage();
                message("      " + paint.alarm("FAILED") + ": " + paint.text(why));
                fail(e instanceof StepFailure step ? step.status() : ExitStatus.ERROR, why);
            }
        }
    }

    private static double seconds(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0;
    }

    private void message(String line) {
        context.message(line + "\n");
    }

    private String json(Map<String, String> about) {
        return PlaybookJson.of(playbook, read.fabric(), from, about, reports, drained.names());
    }

    private void conclude() {
        record.end(status == ExitStatus.OK ? "done" : "failed", this::json);
        events.ended(status, failure, done(), drained.names(), resume());
        if (context.events().isOpen()) return;
        if (options.quiet()) {
            Map<String, String> about = new TreeMap<>(options.safety().about());
            about.put("outcome", status == ExitStatus.OK ? "done" : "failed");
            context.conclude(json(about));
        } else context.conclude(stands());
    }

    private String stands() {
        Paint out = options.show().style(context.terminal()).paint();
        long done = done();
        long wanted =
                playbook.tasks().stream().filter(task -> task.number() >= from).count();
        long skipped = playbook.tasks().stream()
                .filter(task -> is(task, Outcome.SKIPPED))
                .count();
        String head = "\n"
                + out.heading("Playbook " + playbook.name() + ": " + done + " of " + wanted + " steps done"
                        + (skipped == 0 ? "" : ", " + skipped + " not needed"));
        if (status == ExitStatus.OK) return head + "\n" + before();
        return head + "; " + out.alarm(out.text(failure)) + "\n" + left() + next();
    }

    private boolean is(Task task, Outcome outcome) {
        StepReport report = reports.get(task.number());
        return report != null && report.outcome() == outcome;
    }

    private String left() {
        List<String> names = drained.names();
        String own = names.isEmpty()
                ? "This run leaves nothing drained.\n"
                : "Still drained: " + String.join(", ", names) + "; `linkctl undrain` puts that back.\n";
        return own + before();
    }

    /** What somebody else has drained, or a run that was killed, as far as this one has seen it. */
    private String before() {
        return drained.before(read.fabric()).stream()
                .map(name -> name + " was drained before this run, and stays so; `linkctl undrain " + name + " "
                        + Argv.quote(read.file().toString()) + "` puts it back.\n")
                .collect(Collectors.joining());
    }

    private long done() {
        return playbook.tasks().stream().filter(task -> is(task, Outcome.DONE)).count();
    }

    /** Where {@code --from} goes on. */
    private Optional<Integer> resume() {
        return playbook.tasks().stream()
                .filter(task -> is(task, Outcome.FAILED))
                .findFirst()
                .map(task -> Resume.at(playbook, task.number()));
    }

    private String next() {
        return resume().map(first -> "Once that is mended, --from " + first + " goes on there.\n")
                .orElse("");
    }

    /** What Ctrl-C leaves behind beside what is drained. */
    private String lasting() {
        StringBuilder out = new StringBuilder();
        List<Task> ends = playbook.all().skip(playbook.tasks().size()).toList();
        if (!ends.isEmpty() && !ending)
            out.append("What the playbook does after a failure, or at the end, is not done.\n");
        out.append(commands("Done, and nothing undoes it:", report -> report.outcome() != Outcome.BEGUN));
        out.append(commands("Begun, and goes on there until it ends:", report -> report.outcome() == Outcome.BEGUN));
        for (Action.Watch watch : actions.watching()) {
            out.append("The ping '" + watch.name() + "' on " + watch.from().name() + " goes on for "
                    + Outages.LONGEST_SECONDS + " s at most.\n");
        }
        return out.toString();
    }

    private String commands(String title, Predicate<StepReport> which) {
        String lines = playbook.all()
                .filter(task -> task.action() instanceof Action.Run)
                .filter(task -> reports.containsKey(task.number()) && which.test(reports.get(task.number())))
                .map(task -> "  " + task.number() + "  " + ActionText.line(task.action()) + "\n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : title + "\n" + lines;
    }

    /** Empty where no step was under way. */
    private String where() {
        Task at = now;
        if (at == null) return "";
        return ending ? "at the end" : "in step " + at.number();
    }

    private void interrupted() {
        Task at = now;
        context.events().interrupt();
        if (at == null) return;
        context.message("Interrupted " + where() + " of the playbook. " + left() + lasting());
        record.end("interrupted", this::json);
    }
}
