package org.linkctl.cli.command;

import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.LimitOption;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.show.HistoryText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs that changed hosts. */
@Command(
        name = "history",
        description = {
            HistoryCommand.SUMMARY,
            "",
            "A run is confirmed, or it was undone: by itself, since nobody confirmed it, or by `linkctl rollback`."
        },
        footer = {"", "Examples:", "  linkctl history prod.groovy", "  linkctl history prod.groovy --limit a-gw"},
        exitCodeList = {"0:all hosts answered", "1:an error", "3:a host was unreachable"})
final class HistoryCommand extends HostCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Lists the runs that changed the hosts, as the hosts themselves remember them: the last ten of each.";

    @Mixin
    private final LimitOption limit = new LimitOption();

    HistoryCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("history", context, show);
        HostRuns runs = runs(new SelectionOptions(limit));
        var histories = runs.history(read.fabric());
        runs.clearProgress();
        context.print(HistoryText.of(histories, style()));
        return histories.values().stream().mapToInt(ExitStatus::of).max().orElse(ExitStatus.OK);
    }
}
