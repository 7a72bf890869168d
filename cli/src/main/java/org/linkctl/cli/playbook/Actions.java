package org.linkctl.cli.playbook;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SecretOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.run.ApplyRun;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.PlanExecution;
import org.linkctl.cli.run.SecretLookup;
import org.linkctl.cli.run.SentFiles;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.HealthText;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextLayout;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.CommandOutcome;
import org.linkctl.engine.Health;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.model.Host;
import org.linkctl.plan.Way;
import org.linkctl.playbook.Action;
import org.linkctl.playbook.Condition;
import org.linkctl.playbook.Expected;

/** Does the steps of a playbook. Each method returns what there is to say, or throws {@link StepFailure}. */
final class Actions {
    private final CommandContext context;
    private final RunOptions said;
    private RunOptions options;
    private long ended = System.nanoTime();
    private final InventoryArgument.Read read;
    private final String run;
    private final Drained drained;
    /** The pings that certainly began and that no step has ended, by name. */
    private final Map<String, Action.Watch> begun = new ConcurrentHashMap<>();

    private final Set<Action.Watch> watching = Collections.synchronizedSet(new LinkedHashSet<>());

    /** @param run the name of the playbook's run in records */
    Actions(CommandContext context, RunOptions options, InventoryArgument.Read read, String run, Drained drained) {
        this.context = context;
        this.said = options;
        this.options = options;
        this.read = read;
        this.run = run;
        this.drained = drained;
    }

    /** Steps that follow log in to hosts as this user; empty: as the inventory says. */
    void loginAs(String login) {
        options = login.isEmpty() ? said : said.as(login);
    }

    String execute(Action action) {
        try {
            return done(action);
        } finally {
            ended = System.nanoTime();
        }
    }

    private String done(Action action) {
        return switch (action) {
            case Action.Say(String text) -> say(text);
            case Action.Ask(String question) -> ask(question);
            case Action.Verify(var hosts) -> verify(hosts);
            case Action.Apply apply -> apply(apply);
            case Action.Drain(Way way) -> drain(way);
            case Action.Undrain(Way way) -> draining().undrain(way);
            case Action.Reboot(var hosts, int within) -> reboot(hosts, within);
            case Action.Run command -> command(command);
            case Action.Measure measure ->
                new Measuring(context, options, read).measure(measure, runs(measure.hosts(), Set.of()));
            case Action.WaitFor wait -> waitFor(wait);
            case Action.WaitForHealth(var hosts, int within) -> waitForHealth(hosts, within);
            case Action.Watch watch -> begin(watch);
            case Action.Outage outage -> end(outage);
        };
    }

    /** Whether a host answers what a condition expects. */
    boolean holds(Condition condition) {
        HostRuns runs = runs(List.of(condition.host()), Set.of());
        CommandOutcome outcome = runs.commanding(run, commands -> commands.ask(condition.host(), condition.question()));
        runs.clearProgress();
        return switch (outcome) {
            case CommandOutcome.Ended(int status, String output) -> {
                if (condition.expected().isNoAnswer(status)) throw noAnswer(condition, status);
                yield condition.expected().wrong(status, output).isEmpty();
            }
            case CommandOutcome.NotKnown(Outcome why) ->
                throw new StepFailure(ExitStatus.of(List.of(why)), Waiting.why(Map.of(condition.host(), why)));
        };
    }

    /** A program that is misspelled must not read as one that says no. */
    private static StepFailure noAnswer(Condition condition, int status) {
        return new StepFailure(
                ExitStatus.NOT_CONVERGED,
                condition.host().name() + ": " + condition.question() + " ended with status " + status
                        + ": there is no such program there, or it cannot be run; expect that with status: " + status);
    }

    /** Why a step is passed over: it ends what this run has not begun, or has ended. Empty: it is to be done. */
    Optional<String> notNeeded(Action action) {
        if (!(action instanceof Action.Outage outage)
                || begun.containsKey(outage.watch().name())) return Optional.empty();
        return Optional.of("no ping '" + outage.watch().name() + "' of this run goes on");
    }

    /** Ends a ping that no step has ended. */
    void abandon(Action.Watch watch) {
        outages(watch.from()).abandon(watch);
        watching.remove(watch);
    }

    /** The pings that no step has ended yet. */
    List<Action.Watch> watching() {
        synchronized (watching) {
            return List.copyOf(watching);
        }
    }

    /** Whether a ping certainly began. */
    boolean hasBegun(Action.Watch watch) {
        return begun.containsKey(watch.name());
    }

    private String begin(Action.Watch watch) {
        // Where it is not known whether it began, it is ended all the same.
        watching.add(watch);
        String said = outages(watch.from()).begin(watch);
        begun.put(watch.name(), watch);
        return said;
    }

    private String end(Action.Outage outage) {
        Action.Watch watch = Objects.requireNonNull(begun.get(outage.watch().name()));
        Outages outages = outages(watch.from());
        Outages.Met met = outages.end(watch);
        begun.remove(watch.name());
        watching.remove(watch);
        return outages.told(watch, outage.most(), met);
    }

    private Outages outages(Host from) {
        return new Outages(context, runs(List.of(from), Set.of()), read.fabric(), run);
    }

    private HostRuns runs(List<Host> hosts, Set<String> modules) {
        return runs(selection(hosts, modules));
    }

    private HostRuns runs(SelectionOptions selection) {
        return new HostRuns(context, options.connection(), selection, options.show()).guarded(options.safety());
    }

    private static SelectionOptions selection(List<Host> hosts, Set<String> modules) {
        // None would mean all of them.
        if (hosts.isEmpty()) throw new IllegalArgumentException("a step of no host");
        SelectionOptions selection = new SelectionOptions();
        selection.set(hosts.stream().map(Host::name).toList(), List.copyOf(modules));
        return selection;
    }

    private TextStyle style() {
        return options.show().style(context.terminal());
    }

    private void print(String text) {
        if (!options.quiet()) context.print(text);
    }

    private String say(String text) {
        print(style().paint().text(text) + "\n");
        return "";
    }

    private String ask(String question) {
        if (!options.asks()) return "not asked: --yes";
        if (!context.terminal().canAsk()) {
            throw new StepFailure(ExitStatus.ERROR, "there is no terminal to ask on; --yes goes on without asking");
        }
        String answer = context.terminal().ask(style().paint().text(question) + " [y/N] ");
        String said = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
        if (said.equals("y") || said.equals("yes")) return "";
        throw new StepFailure(ExitStatus.DECLINED, "the answer was no");
    }

    private String verify(List<Host> hosts) {
        HostRuns runs = runs(hosts, Set.of());
        Map<Host, Health> health = runs.examine(read.fabric());
        runs.clearProgress();
        if (ExitStatus.of(health) == ExitStatus.OK) return TextLayout.count(health.size(), "host") + " in health";
        print(HealthText.of(health, style()));
        throw new StepFailure(ExitStatus.of(health), "not in health: " + Waiting.bad(health));
    }

    private String waitFor(Action.WaitFor wait) {
        Duration took = new Waiting(context, runs(List.of(wait.host()), Set.of()), run).until(wait);
        if (wait.kept().isEmpty()) return "after " + took.toSeconds() + " s";
        // What it waits for began with what the step before did.
        double since = Duration.ofNanos(System.nanoTime() - ended).toMillis() / 1000.0;
        return new KeptFigures(context, read.fabric())
                .besideLast("w-" + wait.kept(), String.format(Locale.ROOT, "after %.1f s", since));
    }

    private String waitForHealth(List<Host> hosts, int within) {
        return new Waiting(context, runs(hosts, Set.of()), run).untilHealthy(read.fabric(), Duration.ofSeconds(within));
    }

    private String apply(Action.Apply apply) {
        SecretOptions secrets = new SecretOptions(options.secrets());
        secrets.rotate(apply.rotatePsk(), apply.rotateKey());
        SelectionOptions selection = selection(apply.hosts(), Set.copyOf(apply.only()));
        return converge(selection, secrets);
    }

    private String converge(SelectionOptions selection, SecretOptions secrets) {
        HostRuns runs = runs(selection);
        runs.useSecrets(
                new SecretLookup(secrets.providers(), context, options.show()).secrets(read, selection, secrets, runs));
        PlanExecution execution = new PlanExecution(context, options.show(), false);
        return runs.during(read.fabric(), one -> execution.recorded(() -> converge(runs, one, execution)));
    }

    private String converge(HostRuns runs, Run one, PlanExecution execution) {
        PlanReport plan = read.plan(one);
        runs.clearProgress();
        int status = ExitStatus.of(plan.outcomes().values());
        if (status != ExitStatus.OK) {
            print(plan.text(style()));
            throw new StepFailure(status, "cannot be planned on every host");
        }
        if (plan.counts().hosts() == 0) return "nothing differs";
        print(plan.text(style()));
        SentFiles.require(context, options.show(), read, runs, plan, true);
        PlanReport done = new ApplyRun(
                        context,
                        options.show(),
                        read,
                        runs,
                        execution,
                        options.safety().about(),
                        options.allowCut(),
                        !options.quiet(),
                        style())
                .carryOut(one, plan, now -> {});
        print("\n" + ApplyText.of(done.outcomes(), style()));
        int ended = ExitStatus.applied(done.outcomes().values());
        if (ended != ExitStatus.OK) throw new StepFailure(ended, "not every host converged");
        return "changed: " + TextLayout.count(plan.counts().hosts(), "host");
    }

    private String drain(Way way) {
        HostRuns runs = runs(hosts(way), Set.of());
        Map<Host, Health> health = runs.examine(read.fabric());
        runs.clearProgress();
        return draining().drain(way, health);
    }

    Draining draining() {
        return new Draining(context, options, read, drained);
    }

    private List<Host> hosts(Way way) {
        return read.fabric().hosts().stream()
                .filter(host -> way.hosts().contains(host.name()))
                .toList();
    }

    private String reboot(List<Host> hosts, int within) {
        long begun = System.nanoTime();
        HostRuns runs = runs(hosts, Set.of());
        Map<Host, Outcome> failed =
                runs.commanding(run, commands -> commands.reboot(hosts, Duration.ofSeconds(within)));
        runs.clearProgress();
        if (!failed.isEmpty()) {
            throw new StepFailure(ExitStatus.of(failed.values()), Waiting.why(failed));
        }
        Duration left = Duration.ofSeconds(within).minusNanos(System.nanoTime() - begun);
        return new Waiting(context, runs(hosts, Set.of()), run).untilHealthy(read.fabric(), left);
    }

    private String command(Action.Run command) {
        HostRuns runs = runs(List.of(command.host()), Set.of());
        CommandOutcome outcome = runs.commanding(run, commands -> commands.run(command.host(), command.command()));
        runs.clearProgress();
        return switch (outcome) {
            case CommandOutcome.NotKnown(Outcome why) ->
                throw new StepFailure(ExitStatus.of(List.of(why)), Waiting.why(Map.of(command.host(), why)));
            case CommandOutcome.Ended(int status, String output) -> answered(command, status, output);
        };
    }

    private String answered(Action.Run command, int status, String output) {
        Expected expected = command.expected();
        if (!output.isBlank()) print(style().paint().aside(output.strip().indent(6)));
        Optional<String> wrong = expected.wrong(status, output);
        if (wrong.isEmpty()) return "status " + status;
        throw new StepFailure(
                ExitStatus.NOT_CONVERGED,
                command.command() + " on " + command.host().name() + " " + wrong.get());
    }

    /** A failure that another command would end with. */
    static StepFailure of(Failure failure) {
        return new StepFailure(failure.status(), String.valueOf(failure.getMessage()));
    }
}
