package org.linkctl.cli.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Drain;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Selection;
import org.linkctl.model.Host;

/**
 * Takes something out of service, or puts it back, at all hosts that have to know it, or at none: {@code linkctl drain} and
 * {@code undrain}, and whatever else does it. It asks nothing.
 */
public final class DrainRun {
    /** The modules that compare a secret of the hosts that they drain. */
    private static final Set<String> WITH_SECRETS = Set.of("freebsd.carp");

    private final CommandContext context;
    private final ShowOptions show;
    private final SecretLookup secrets;

    public DrainRun(CommandContext context, ShowOptions show, SecretLookup secrets) {
        this.context = context;
        this.show = show;
        this.secrets = secrets;
    }

    /**
     * Does it.
     *
     * @param runs not used for anything else
     * @param safety of the runs, which says who does it
     * @return an exit status
     * @throws Failure where the name is of nothing that can be drained
     */
    public int drain(
            InventoryArgument.Read read, String name, boolean out, boolean force, HostRuns runs, Safety safety) {
        Drain drain = resolved(read, name, out, force);
        runs.guarded(safety).draining(drain);
        runs.useSecrets(secrets.secrets(read, new Selection(drain.hosts(), WITH_SECRETS)));
        PlanExecution execution = new PlanExecution(context, show, false);
        return runs.during(
                read.fabric(), run -> execution.recorded(() -> drain(read, drain, runs, safety, run, execution)));
    }

    private static Drain resolved(InventoryArgument.Read read, String name, boolean out, boolean force) {
        try {
            return Drain.of(read.fabric(), name, out, force);
        } catch (Drain.NotDrainable e) {
            throw new Failure(read.file() + ": " + e.getMessage());
        }
    }

    private int drain(
            InventoryArgument.Read read, Drain drain, HostRuns runs, Safety safety, Run run, PlanExecution execution) {
        PlanReport plan = read.plan(run);
        runs.clearProgress();
        TextStyle style = show.style(context.terminal());
        if (stops(plan.outcomes(), drain)) {
            context.print(ApplyText.of(plan.outcomes(), style));
            context.message("Nothing was changed.\n");
            return ExitStatus.of(plan.outcomes().values());
        }
        if (plan.outcomes().values().stream().noneMatch(outcome -> outcome instanceof Outcome.WouldChange)) {
            context.print(before(drain, run));
            return ExitStatus.of(plan.outcomes().values());
        }
        execution.begin(run, safety.about(), plan);
        runs.beginChanges(run);
        run.reserve();
        Map<Host, Outcome> outcomes = run.apply();
        runs.clearProgress();
        execution.record(read.report(outcomes, run));
        boolean good = outcomes.values().stream().allMatch(Outcome::good);
        context.conclude(good ? done(drain) : ApplyText.of(outcomes, style));
        return ExitStatus.applied(outcomes.values());
    }

    /** All hosts know it, or none; with --force those that can be reached. */
    private static boolean stops(Map<Host, Outcome> planned, Drain drain) {
        return planned.values().stream()
                .anyMatch(outcome -> !(outcome instanceof Outcome.Converged || outcome instanceof Outcome.WouldChange)
                        && !(drain.force() && outcome instanceof Outcome.Unreachable));
    }

    private static String hosts(Drain drain) {
        return drain.hosts().stream().sorted().collect(Collectors.joining(", "));
    }

    private static String before(Drain drain, Run run) {
        if (!drain.out()) return drain.name() + " is not drained.\n";
        return run.warnings().entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().stream().map(warning -> entry.getKey().name() + ": " + warning.text() + "\n"))
                .collect(Collectors.joining("", drain.name() + " is drained already.\n", ""));
    }

    private static String done(Drain drain) {
        List<String> how = drain.out() ? List.of("drained", "`linkctl undrain`") : List.of("in service again", "");
        return drain.name() + " is " + how.getFirst() + ": " + hosts(drain)
                + (drain.out() ? ". It stays so, after a boot, too, until " + how.getLast() : "") + ".\n";
    }
}
