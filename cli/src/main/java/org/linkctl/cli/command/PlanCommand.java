package org.linkctl.cli.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.DiffOption;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.ShardRuns;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.ShownHosts;
import org.linkctl.engine.Shard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what apply would change. */
@Command(
        name = "plan",
        description = {
            PlanCommand.SUMMARY,
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
final class PlanCommand extends PlanningCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Shows, host by host, what `linkctl apply` would change; changes nothing.";

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

    PlanCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("plan", context, show);
        if (out != null && !PlanFile.isOne(out)) throw new Failure("-o: '" + out + "': a plan's name ends in .json");
        shard.refuse(out != null, "-o", "a saved plan is carried out by one run; apply --shard plans by itself");
        HostRuns runs = planning(runs(selection), read);
        Shard part = shard.shard();
        if (part != null) return ofShard(part, read, runs);
        ShownHosts shown = new ShownHosts(style(diff));
        if (!json) runs.showPlans((host, outcome) -> context.print(shown.host(host, outcome)));
        PlanReport report = runs.during(read.fabric(), read::plan);
        runs.clearProgress();
        if (out != null) PlanFile.write(out, read, selection, undeclared, secrets, report);
        context.print(json ? report.json() : shown.rest(report));
        files(read, runs, report, false);
        return status(report, detailed);
    }

    private int ofShard(Shard part, InventoryArgument.Read read, HostRuns runs) {
        ShardRuns shards = new ShardRuns(part, read.fabric(), selection, context.installation(), runs);
        if (shards.own().isEmpty()) return noHosts(part, read, json);
        PlanReport report = shards.plan(read);
        runs.clearProgress();
        context.print(json ? report.json() : report.text(style(diff)));
        files(read, runs, report, false);
        return status(report, detailed);
    }
}
