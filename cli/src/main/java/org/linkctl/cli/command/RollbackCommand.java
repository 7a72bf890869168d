package org.linkctl.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ConfirmationPrompt;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.LimitOption;
import org.linkctl.cli.option.LockOption;
import org.linkctl.cli.option.SafetyOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.record.RunRecord;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.show.RollbackJson;
import org.linkctl.cli.show.RollbackText;
import org.linkctl.cli.show.TextLayout;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.engine.guard.PlannedRollback;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Undoes the last confirmed change of hosts. */
@Command(
        name = "rollback",
        description = {
            RollbackCommand.SUMMARY,
            "",
            "Only what this inventory changed is undone, and only while no other inventory's change lies on top of it."
                    + " Both ends of a tunnel go back, or none. Changes that somebody made by hand since then, to the same"
                    + " files, go with it. Packages stay.",
            "",
            "All hosts are rolled back at once: traffic is not moved to other paths first, and links are not checked "
                    + "afterwards."
        },
        footer = {"", "Examples:", "  linkctl rollback prod.groovy --limit a-gw", "  linkctl history prod.groovy"},
        exitCodeList = {
            "0:all of it was undone, or there was nothing to undo",
            "1:an error",
            "3:a host was unreachable",
            "4:a host was refused: the text says why its run is not undone",
            "5:a host was not undone as a whole",
            "6:the answer was no; nothing was undone",
            "7:another run has one of the hosts; nothing was undone"
        })
final class RollbackCommand extends HostCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Undoes the last confirmed change of each host, from what the host kept: files, services and the kernel's"
                    + " state become what they were before that run.";

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final LockOption lock = new LockOption();

    @Mixin
    private final LimitOption limit = new LimitOption();

    RollbackCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("rollback", context, show);
        Safety safety = new Safety(
                Safety.USUAL.confirmWithin(),
                lock.timeout(),
                context.installation().home(),
                SafetyOptions.about(read.file(), read.fabric().name()));
        HostRuns runs = runs(new SelectionOptions(limit)).guarded(safety);
        Map<Host, PlannedRollback> planned = runs.plannedRollbacks(read.fabric());
        runs.clearProgress();
        TextStyle style = style();
        context.print(RollbackText.outlook(planned, style));
        Map<Host, PastRun> last = new LinkedHashMap<>();
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        planned.forEach((host, rollback) -> {
            switch (rollback) {
                case PlannedRollback.Undoes(PastRun run) -> last.put(host, run);
                case PlannedRollback.Refused(String why) -> outcomes.put(host, new Outcome.Refused(why));
                case PlannedRollback.Unreachable(String why) -> outcomes.put(host, new Outcome.Unreachable(why));
                case PlannedRollback.Nothing() -> {}
            }
        });
        if (last.isEmpty()) {
            context.print("Nothing to roll back.\n");
            return ExitStatus.undone(outcomes.values());
        }
        if (!yes) {
            String question = "Undo this on " + TextLayout.count(last.size(), "host") + "?";
            ConfirmationPrompt.require(context.terminal(), question, "nothing was undone");
        }
        outcomes.putAll(undo(read, runs, safety, last, outcomes));
        runs.clearProgress();
        context.conclude("\n" + RollbackText.of(outcomes, last, style));
        return ExitStatus.undone(outcomes.values());
    }

    private static boolean good(Map<Host, Outcome> outcomes) {
        return outcomes.values().stream().allMatch(one -> one instanceof Outcome.RolledBack);
    }

    /** @param known the outcomes of other hosts */
    private Map<Host, Outcome> undo(
            InventoryArgument.Read read,
            HostRuns runs,
            Safety safety,
            Map<Host, PastRun> last,
            Map<Host, Outcome> known) {
        String fabric = read.fabric().name();
        String name = HostRuns.rollback();
        RunRecord record = new RunRecord(context, show, name, safety.about());
        record.begin(about -> RollbackJson.of(fabric, last, known, about));
        Map<Host, Outcome> undone = runs.undo(read.fabric(), last, name);
        Map<Host, Outcome> all = new LinkedHashMap<>(known);
        all.putAll(undone);
        record.end(good(all) ? "rolled-back" : "not-rolled-back", about -> RollbackJson.of(fabric, last, all, about));
        return undone;
    }
}
