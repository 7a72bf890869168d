package org.linkctl.cli.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.DiffOption;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SafetyOptions;
import org.linkctl.cli.option.ShardOption;
import org.linkctl.cli.run.ApplyRun;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.PlanExecution;
import org.linkctl.cli.run.ShardRuns;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.ChangeCounts;
import org.linkctl.cli.show.PlanJson;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.ShownHosts;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Shard;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Brings hosts to the state that the inventory declares. */
@Command(
        name = "apply",
        description = {
            ApplyCommand.SUMMARY,
            "",
            "Exactly the plan that was shown is carried out, host by host, and a host counts as done only when a"
                    + " second look finds no difference. A failure on one host does not stop the others. Applying twice"
                    + " changes nothing.",
            "",
            "Each host that is changed undoes the change by itself, unless linkctl comes back over a new connection "
                    + "and finds everything as declared and no link worse than before."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl apply prod.groovy",
            "  linkctl apply prod.groovy --limit a-gw --yes",
            "  linkctl apply prod.groovy --dry-run",
            "  linkctl plan prod.groovy -o plan.json && linkctl apply plan.json"
        },
        exitCodeList = {
            "0:every host converged",
            "1:an error",
            "2:with --dry-run --detailed-exitcode: something would change",
            "3:a host was unreachable",
            "4:refused: a host's state is not one that linkctl changes, or --allow-cut is needed",
            "5:a host did not converge, or was rolled back",
            "6:the answer was no; nothing was changed",
            "7:another run has one of the hosts; nothing was changed"
        })
final class ApplyCommand extends PlanningCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Makes the hosts what the inventory says: shows the plan, asks, carries it out, and checks the result.";

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask.")
    private boolean yes;

    @Option(names = "--dry-run", order = 2, description = "Show the plan and stop, as `linkctl plan` does.")
    private boolean dryRun;

    @Option(
            names = "--json",
            order = 3,
            description =
                    "How it ended, as data (docs/plan-json.md); with --dry-run the plan. Needs --yes or --dry-run.")
    private boolean json;

    @Option(
            names = "--events",
            order = 3,
            description = "What happens, as it happens: one JSON object a line (docs/plan-json.md). Needs --yes.")
    private boolean events;

    @Option(names = "--detailed-exitcode", order = 4, description = "With --dry-run: as `linkctl plan` has it.")
    private boolean detailed;

    @Option(
            names = "--allow-cut",
            order = 2,
            description =
                    "Allow changes for which traffic has to stop, since it has no other path; the plan names each.")
    private boolean allowCut;

    @Mixin
    private final SafetyOptions safety = new SafetyOptions();

    @Mixin
    private final DiffOption diff = new DiffOption();

    private Map<String, String> about = Map.of();

    ApplyCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        Path named = inventory.named("apply");
        PlanFile saved = PlanFile.isOne(named) ? PlanFile.read(named) : null;
        if (saved != null) saved.select(selection, undeclared, secrets);
        InventoryArgument.Read read = inventory.read(saved == null ? named : saved.inventory(), context, show);
        if (detailed && !dryRun)
            throw new Failure("apply --detailed-exitcode is for --dry-run: what was changed has the status 0");
        if (json && !yes && !dryRun) throw new Failure("apply --json cannot ask: say --yes or --dry-run as well");
        Shard part = shard.shard();
        shard.refuse(saved != null, "a saved plan", "one run carries it out, exactly or not at all");
        shard.refuse(events, "--events", "the events are those of one run");
        if (events) EventsOption.open("apply", context, json, yes, dryRun);
        Duration patience = part == null ? Safety.USUAL.lockTimeout() : ShardOption.PATIENCE;
        Safety guard = safety.safety(read.file(), read.fabric().name(), context, patience);
        about = guard.about();
        HostRuns runs = planning(runs(selection).guarded(guard), read);
        if (part != null) return ofShard(part, read, runs);
        PlanExecution execution = new PlanExecution(context, show, !yes);
        return runs.during(read.fabric(), run -> execution.recorded(() -> apply(read, saved, runs, run, execution)));
    }

    private int ofShard(Shard part, InventoryArgument.Read read, HostRuns runs) {
        ShardRuns shards = new ShardRuns(part, read.fabric(), selection, context.installation(), runs);
        if (shards.own().isEmpty()) return noHosts(part, read, json);
        TextStyle style = style(diff);
        if (dryRun) {
            PlanReport plan = shards.plan(read);
            runs.clearProgress();
            context.print(json ? plan.json() : plan.text(style));
            files(read, runs, plan, false);
            return status(plan, detailed);
        }
        ShardRuns.Ended first = shards.alone(run -> applied(read, runs, run, shards, style, this::refused));
        boolean locked = ExitStatus.of(first.report().outcomes().values()) == ExitStatus.LOCKED;
        if (first.together().isEmpty() || locked) return conclude(first.report(), style);
        try {
            if (!json) context.print("\nPaths to hosts of other shards:\n\n");
            ShardRuns.Ended second =
                    shards.over(first.together(), run -> applied(read, runs, run, shards, style, now -> {}));
            int status = conclude(shards.merged(first.report(), second), style);
            // A host is not converged for it, and whoever starts shards is told that trying again is all it takes.
            boolean held = ExitStatus.of(second.report().outcomes().values()) == ExitStatus.LOCKED;
            return held && first.good() ? ExitStatus.LOCKED : status;
        } catch (Failure e) {
            // The first run stands: it is told how that ended.
            int status = conclude(shards.left(first), style);
            throw new Failure(
                    status == ExitStatus.NOT_CONVERGED && !first.good() ? status : e.status(),
                    "Paths to hosts of other shards, in their own run: " + e.getMessage());
        } catch (CommandContext.Unwritten e) {
            return conclude(shards.left(first), style);
        }
    }

    private int conclude(PlanReport report, TextStyle style) {
        Map<Host, Outcome> outcomes = report.outcomes();
        if (!events) context.conclude(json ? PlanJson.of(report) : "\n" + ApplyText.of(outcomes, style));
        return ExitStatus.applied(outcomes.values());
    }

    /** One of the runs of a shard: shows its plan, and carries it out where not all of it waits. */
    private PlanReport applied(
            InventoryArgument.Read read,
            HostRuns runs,
            Run run,
            ShardRuns shards,
            TextStyle style,
            Consumer<PlanReport> required) {
        PlanExecution execution = new PlanExecution(context, show, !yes);
        return execution.recorded(() -> {
            PlanReport plan = read.plan(run);
            runs.clearProgress();
            if (!json) context.print(shards.withoutIdle(plan).text(style));
            files(read, runs, plan, true);
            if (ShardRuns.acts(plan)) required.accept(plan);
            return ShardRuns.acts(plan)
                    ? new ApplyRun(context, show, read, runs, execution, about, allowCut, !json, style)
                            .carryOut(run, plan, required)
                    : plan;
        });
    }

    private int apply(
            InventoryArgument.Read read, @Nullable PlanFile saved, HostRuns runs, Run run, PlanExecution execution) {
        TextStyle style = style(diff);
        ShownHosts shown = new ShownHosts(style);
        // Of a saved plan nothing is shown that is not carried out.
        if (!json && !events && saved == null)
            runs.showPlans((host, outcome) -> context.print(shown.host(host, outcome)));
        PlanReport plan = read.plan(run);
        runs.clearProgress();
        if (saved != null) saved.require(plan);
        if (!json && !events) context.print(shown.rest(plan));
        else if (dryRun) context.print(plan.json());
        ChangeCounts counts = plan.counts();
        files(read, runs, plan, !dryRun);
        if (dryRun) return status(plan, detailed);
        if (counts.hosts() == 0) {
            if (json) context.print(plan.json());
            return ExitStatus.of(plan.outcomes().values());
        }
        refused(plan);
        PlanReport report = new ApplyRun(context, show, read, runs, execution, about, allowCut, !json && !events, style)
                .carryOut(run, plan, now -> {
                    if (saved != null) saved.require(now);
                    refused(now);
                });
        return conclude(report, style);
    }

    /** Prints as JSON what is refused for what it cuts. */
    private void refused(PlanReport plan) {
        if (json && !allowCut && !plan.stages().cuts().isEmpty()) context.print(plan.json());
    }
}
