package org.linkctl.cli.command;

import java.util.concurrent.Callable;
import org.linkctl.cli.show.HistoryText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs that changed hosts. */
@Command(
        name = "history",
        description = {
            "Lists the runs that changed the hosts, as the hosts themselves remember them: the last ten of each.",
            "",
            "A run is confirmed, or it was undone: by itself, since nobody confirmed it, or by `linkctl rollback`."
        },
        footer = {"", "Examples:", "  linkctl history prod.groovy", "  linkctl history prod.groovy --limit a-gw"},
        exitCodeList = {"0:all hosts answered", "1:an error", "3:a host was unreachable"})
final class HistoryCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InventoryArgument inventory = new InventoryArgument();

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("history", session, show);
        Runs runs = new Runs(session, connection, new SelectionOptions(limit), show);
        var histories = runs.history(read.fabric());
        runs.quiet();
        session.print(HistoryText.of(histories, show.look(session.terminal())));
        return histories.values().stream().mapToInt(Exit::of).max().orElse(Exit.OK);
    }
}
