package org.linkctl.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what apply would change. */
@Command(
        name = "plan",
        description = {
            "Shows, host by host, what `linkctl apply` would change; changes nothing.",
            "",
            "Both the kernel's state and the files are read and compared. + is added, ~ changed, - removed; of a file"
                    + " the plan says how many lines differ, and with --diff which. '! cuts traffic' marks what interrupts"
                    + " traffic that flows now, '(known after apply)' what only a host can tell once it is configured."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl plan prod.groovy",
            "  linkctl plan prod.groovy --diff",
            "  linkctl plan prod.groovy --limit a-gw --only bond",
            "  linkctl plan prod.groovy -o plan.json && linkctl apply plan.json",
            "  linkctl plan prod.groovy --detailed-exitcode || echo drift"
        },
        exitCodeList = {
            "0:done; with --detailed-exitcode: nothing to do",
            "1:an error",
            "2:with --detailed-exitcode: something would change",
            "3:a host was unreachable",
            "4:a host was refused: its state is not one that linkctl changes"
        })
final class PlanCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InventoryArgument inventory = new InventoryArgument();

    @Option(names = "--json", order = 1, description = "The plan as data (docs/plan-json.md).")
    private boolean json;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE.json",
            order = 1,
            description = "Write the plan down; `linkctl apply FILE.json` carries out exactly that, or refuses.")
    private @Nullable Path out;

    @Option(
            names = "--detailed-exitcode",
            order = 2,
            description = "Exit with 2 where something would change, 0 where nothing would.")
    private boolean detailed;

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

    PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("plan", session, show);
        if (out != null && !PlanFile.isOne(out)) throw new Failure("-o: '" + out + "': a plan's name ends in .json");
        Runs runs = new Runs(session, connection, selection, show).undeclared(undeclared.undeclared());
        runs.knowing(secrets.lookUp(read, selection, session, show, runs));
        PlanReport report = runs.during(read.fabric(), run -> report(read, run));
        runs.quiet();
        if (out != null) PlanFile.write(out, read, selection, undeclared, secrets, report);
        session.print(json ? report.json() : report.text(diff.look(show.look(session.terminal()))));
        return status(report, detailed);
    }

    static PlanReport report(InventoryArgument.Read read, Run run) {
        Map<Host, Outcome> outcomes = run.plan();
        return read.report(outcomes, run);
    }

    static int status(PlanReport plan, boolean detailed) {
        int status = Exit.of(plan.outcomes().values());
        return status == Exit.OK && detailed && plan.tally().hosts() > 0 ? Exit.CHANGES : status;
    }
}
