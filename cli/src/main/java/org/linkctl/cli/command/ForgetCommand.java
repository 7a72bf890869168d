package org.linkctl.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.DiffOption;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SafetyOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.UndeclaredOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.PlanExecution;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.diag.Place;
import org.linkctl.diag.Suggest;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.model.Become;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.model.Os;
import org.linkctl.model.Site;
import org.linkctl.model.SshTarget;
import org.linkctl.plan.Undeclared;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives up a host: its configuration stays as it is, or is removed. */
@Command(
        name = "forget",
        description = {
            ForgetCommand.SUMMARY,
            "",
            "With --destroy everything that linkctl made there for this inventory is removed: the plan is shown,"
                    + " confirmed and carried out as with `linkctl apply`. Keys stay without --purge-keys, packages"
                    + " always."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl forget a-gw prod.groovy",
            "  linkctl forget a-gw prod.groovy --destroy",
            "  linkctl forget old-gw prod.groovy --ssh admin@192.0.2.10 --destroy"
        },
        exitCodeList = {
            "0:done, or nothing to do",
            "1:an error",
            "3:the host was unreachable",
            "4:it was refused: its state is not one that linkctl changes",
            "5:it did not converge, or was rolled back",
            "6:the answer was no; nothing was changed",
            "7:another run has it; nothing was changed"
        })
final class ForgetCommand implements Callable<Integer>, WrittenOutOptions {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Leaves a host: from then on linkctl owns nothing there for this inventory. Everything stays as it is,"
                    + " unless --destroy is given.";

    private final CommandContext context;

    @Parameters(index = "0", paramLabel = "HOST", description = "The host's name in the inventory, now or before.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String name;

    @Parameters(index = "1", paramLabel = "INVENTORY", description = "The file that declares it, or did.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path file;

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--destroy",
            order = 2,
            description = "Remove everything that linkctl made there for this inventory.")
    private boolean destroy;

    @Option(
            names = "--ssh",
            order = 3,
            paramLabel = "[USER@]HOST[:PORT]",
            description = "Where it answers; needed once the inventory no longer names it.")
    private @Nullable String ssh;

    @Mixin
    private final DiffOption diff = new DiffOption();

    @Mixin
    private final UndeclaredOptions undeclared = new UndeclaredOptions();

    @Mixin
    private final SafetyOptions safety = new SafetyOptions();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    private final ShowOptions show = new ShowOptions();

    ForgetCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void addTo(CommandSpec command) {
        show.addTo(command);
    }

    @Override
    public Integer call() {
        if (!destroy && undeclared.undeclared() == Undeclared.PURGED) {
            throw new Failure("--purge-keys: without --destroy nothing is removed");
        }
        InventoryArgument.Read declared = new InventoryArgument().read(file, context, show);
        Host host = host(declared.fabric());
        InventoryArgument.Read read = new InventoryArgument.Read(
                declared.file(), left(declared.fabric().name(), host), List.of(), declared.sourceLine());
        Safety guard = safety.safety(read.file(), read.fabric().name(), context);
        HostRuns runs = new HostRuns(context, connection, new SelectionOptions(), show)
                .guarded(guard)
                .leaving()
                .undeclared(destroy ? undeclared.undeclared() : Undeclared.FORGOTTEN);
        PlanExecution execution = new PlanExecution(context, show, !yes);
        int status =
                runs.during(read.fabric(), run -> execution.recorded(() -> leave(read, guard, runs, run, execution)));
        if (status == ExitStatus.OK && declared.fabric().host(name).isPresent()) {
            context.message(file + " still declares " + name + ": the next apply "
                    + (destroy ? "makes it all again.\n" : "takes it over again.\n"));
        }
        return status;
    }

    private int leave(InventoryArgument.Read read, Safety guard, HostRuns runs, Run run, PlanExecution execution) {
        PlanReport plan = read.plan(run);
        runs.clearProgress();
        if (plan.outcomes().values().stream().allMatch(outcome -> outcome instanceof Outcome.Converged)) {
            context.print(name + ": linkctl owns nothing there for '"
                    + read.fabric().name() + "'" + (destroy ? " that could go" : "") + ".\n");
            return ExitStatus.OK;
        }
        TextStyle style = diff.style(show.style(context.terminal()));
        context.print(plan.text(style));
        if (plan.counts().hosts() == 0)
            return ExitStatus.applied(plan.outcomes().values());
        if (destroy) execution.confirm(plan.counts());
        else execution.confirm("Forget what linkctl owns on " + name + "? It stays there as it is.");
        execution.begin(run, guard.about(), plan);
        runs.beginChanges(run);
        PlanReport now = read.report(run.reserve(), run);
        runs.clearProgress();
        if (execution.showIfChanged(plan, now, style) && now.counts().hosts() > 0) execution.confirm(now.counts());
        Map<Host, Outcome> outcomes = run.apply();
        runs.clearProgress();
        execution.record(read.report(outcomes, run));
        context.conclude("\n" + ApplyText.of(outcomes, style));
        return ExitStatus.applied(outcomes.values());
    }

    /** The host as the inventory declares it, or as the command line gives it. */
    private Host host(Fabric fabric) {
        Host declared = fabric.host(name).orElse(null);
        if (ssh == null) {
            if (declared != null) return declared;
            List<String> known = fabric.hosts().stream().map(Host::name).toList();
            String guess = Suggest.closest(name, known)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            throw new Failure("no host named '" + name + "' in " + file + guess
                    + "\n  For a host that is no longer declared, say where it answers: --ssh USER@ADDRESS");
        }
        SshTarget target =
                SshTarget.parse(ssh).orElseThrow(() -> new Failure("--ssh: '" + ssh + "' is not [USER@]HOST[:PORT]"));
        return declared == null
                ? new Host(name, "-", Os.LINUX, target, Become.AUTO, null, new Place(file.toString(), 1, 1))
                : new Host(name, declared.site(), declared.os(), target, declared.become(), null, declared.at());
    }

    /** The fabric with this host and nothing else declared. */
    private static Fabric left(String fabric, Host host) {
        return new Fabric(fabric, List.of(new Site(host.site(), List.of(), host.at())), List.of(host), List.of());
    }
}
