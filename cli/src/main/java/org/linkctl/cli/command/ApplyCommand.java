package org.linkctl.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.Look;
import org.linkctl.cli.show.PlanJson;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.Tally;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes hosts what the inventory says. */
@Command(
        name = "apply",
        description = {
            "Makes the hosts what the inventory says: shows the plan, asks, carries it out, looks again.",
            "",
            "Exactly the plan that was shown is carried out, host by host, and a host counts as done only when a"
                    + " second look finds no difference. What fails on one host keeps no other from going on. Applying"
                    + " twice changes nothing.",
            "",
            "Each host that is changed keeps the way back, and goes it by itself unless linkctl comes back over a new "
                    + "connection and finds everything as wanted and no link worse than before."
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
final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InventoryArgument inventory = new InventoryArgument();

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

    @Option(names = "--detailed-exitcode", order = 4, description = "With --dry-run: as `linkctl plan` has it.")
    private boolean detailed;

    @Option(
            names = "--allow-cut",
            order = 2,
            description =
                    "Go on where traffic has to stop for a change, since it has no other way; the plan names each.")
    private boolean allowCut;

    @Mixin
    private final SafetyOptions safety = new SafetyOptions();

    @Mixin
    private final DiffOption diff = new DiffOption();

    @Mixin
    private final UndeclaredOptions undeclared = new UndeclaredOptions();

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final SecretOptions secrets = new SecretOptions();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    private Map<String, String> about = Map.of();

    ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Path named = inventory.named("apply");
        PlanFile saved = PlanFile.isOne(named) ? PlanFile.read(named) : null;
        if (saved != null) saved.select(selection, undeclared, secrets);
        InventoryArgument.Read read = inventory.read(saved == null ? named : saved.inventory(), session, show);
        if (json && !yes && !dryRun) throw new Failure("apply --json asks nobody: say --yes or --dry-run as well");
        Safety how = safety.safety(read.file(), read.fabric().name(), session);
        about = how.about();
        Runs runs = new Runs(session, connection, selection, show).guarded(how).undeclared(undeclared.undeclared());
        runs.knowing(secrets.lookUp(read, selection, session, show, runs));
        Carrying carrying = new Carrying(session, show, !yes);
        return runs.during(read.fabric(), run -> carrying.recorded(() -> apply(read, saved, runs, run, carrying)));
    }

    private int apply(InventoryArgument.Read read, @Nullable PlanFile saved, Runs runs, Run run, Carrying carrying) {
        PlanReport plan = PlanCommand.report(read, run);
        runs.quiet();
        if (saved != null) saved.require(plan);
        Look look = diff.look(show.look(session.terminal()));
        if (!json) session.print(plan.text(look));
        else if (dryRun) session.print(plan.json());
        Tally tally = plan.tally();
        if (dryRun) return PlanCommand.status(plan, detailed);
        if (tally.hosts() == 0) {
            if (json) session.print(plan.json());
            return Exit.of(plan.outcomes().values());
        }
        allowCuts(run.stages());
        carrying.confirm(tally);
        carrying.begin(run, about, plan);
        runs.changing(run);
        Map<Host, Outcome> reserved = run.reserve();
        PlanReport now = read.report(reserved, run);
        runs.quiet();
        if (reserved.values().stream().noneMatch(outcome -> outcome instanceof Outcome.Locked)) {
            if (saved != null) saved.require(now);
            if (!json && carrying.moved(plan, now, look)) {
                allowCuts(now.stages());
                if (now.tally().hosts() > 0) carrying.confirm(now.tally());
            }
        }
        Map<Host, Outcome> outcomes = run.apply();
        runs.quiet();
        PlanReport report = read.report(outcomes, run);
        carrying.record(report);
        session.conclude(json ? PlanJson.of(report) : "\n" + ApplyText.of(outcomes, look));
        return Exit.applied(outcomes.values());
    }

    /** Somebody who meant to change a keepalive shall not find out afterwards that the link was down for it. */
    private void allowCuts(Stages stages) {
        if (allowCut || stages.cuts().isEmpty()) return;
        throw new Failure(
                Exit.REFUSED,
                "This cuts traffic that has no other way (above), so nothing was changed. Say --allow-cut to do it"
                        + " all the same.");
    }
}
