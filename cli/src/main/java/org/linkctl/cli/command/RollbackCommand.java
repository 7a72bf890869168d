package org.linkctl.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.HistoryText;
import org.linkctl.cli.show.Look;
import org.linkctl.cli.show.Words;
import org.linkctl.engine.History;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Undoes the last confirmed change of hosts. */
@Command(
        name = "rollback",
        description = {
            "Undoes the last confirmed change of each host, from what the host kept: files, services and the kernel's "
                    + "state become what they were before that run.",
            "",
            "Changes that somebody made by hand since then, to the same files, go with it. Packages stay."
        },
        footer = {"", "Examples:", "  linkctl rollback prod.groovy --limit a-gw", "  linkctl history prod.groovy"},
        exitCodeList = {"0:done, or nothing to undo", "1:an error, or the answer was no"})
final class RollbackCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InventoryArgument inventory = new InventoryArgument();

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask.")
    private boolean yes;

    @Mixin
    private final SafetyOptions safety = new SafetyOptions();

    @Mixin
    private final LimitOption limit = new LimitOption();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("rollback", session, show);
        Runs runs = new Runs(session, connection, new SelectionOptions(limit), show)
                .guarded(safety.safety(read.file(), read.fabric().name(), session));
        Map<Host, History> histories = runs.history(read.fabric());
        runs.quiet();
        Look look = show.look(session.terminal());
        Map<Host, PastRun> last = last(histories);
        for (var entry : histories.entrySet()) {
            if (entry.getValue() instanceof History.Unreachable(String why))
                session.tell(entry.getKey().name() + ": unreachable: " + why + "\n");
        }
        boolean reached = histories.values().stream().allMatch(one -> one instanceof History.Known);
        if (last.isEmpty()) {
            session.print("Nothing to roll back.\n");
            return reached ? Exit.OK : Exit.ERROR;
        }
        last.forEach((host, run) -> session.print(host.name() + "  " + HistoryText.line(run, look) + "\n"));
        if (!yes) {
            String question = "Undo this on " + Words.count(last.size(), "host") + "?";
            Consent.require(session.terminal(), question, "nothing was undone");
        }
        Map<Host, Outcome> outcomes = runs.undo(last);
        runs.quiet();
        session.print("\n" + ApplyText.of(outcomes, look));
        return reached && outcomes.values().stream().allMatch(one -> one instanceof Outcome.RolledBack)
                ? Exit.OK
                : Exit.ERROR;
    }

    /** The last confirmed run of each host that has one. */
    private static Map<Host, PastRun> last(Map<Host, History> histories) {
        Map<Host, PastRun> out = new LinkedHashMap<>();
        histories.forEach((host, history) -> {
            if (history instanceof History.Known(var runs))
                runs.stream().filter(PastRun::confirmed).findFirst().ifPresent(run -> out.put(host, run));
        });
        return out;
    }
}
