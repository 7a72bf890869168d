package org.linkctl.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.linkctl.cli.show.Look;
import org.linkctl.cli.show.RollbackJson;
import org.linkctl.cli.show.RollbackText;
import org.linkctl.cli.show.Words;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Reversal;
import org.linkctl.engine.Safety;
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
            "Only what this inventory changed is undone, and only while no other inventory's change lies on top of it."
                    + " Both ends of a tunnel go back, or none. Changes that somebody made by hand since then, to the same"
                    + " files, go with it. Packages stay.",
            "",
            "All hosts go back at once: traffic is led around nothing, and nobody looks whether links work afterwards."
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
    private final LockOption lock = new LockOption();

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
        Safety how = new Safety(
                Safety.USUAL.confirmWithin(),
                lock.timeout(),
                session.parts().home(),
                SafetyOptions.about(read.file(), read.fabric().name()));
        Runs runs = new Runs(session, connection, new SelectionOptions(limit), show).guarded(how);
        Map<Host, Reversal> reversals = runs.reversals(read.fabric());
        runs.quiet();
        Look look = show.look(session.terminal());
        session.print(RollbackText.outlook(reversals, look));
        Map<Host, PastRun> last = new LinkedHashMap<>();
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        reversals.forEach((host, reversal) -> {
            switch (reversal) {
                case Reversal.Undoes(PastRun run) -> last.put(host, run);
                case Reversal.Refused(String why) -> outcomes.put(host, new Outcome.Refused(why));
                case Reversal.Unreachable(String why) -> outcomes.put(host, new Outcome.Unreachable(why));
                case Reversal.Nothing() -> {}
            }
        });
        if (last.isEmpty()) {
            session.print("Nothing to roll back.\n");
            return Exit.undone(outcomes.values());
        }
        if (!yes) {
            String question = "Undo this on " + Words.count(last.size(), "host") + "?";
            Consent.require(session.terminal(), question, "nothing was undone");
        }
        outcomes.putAll(undo(read, runs, how, last, outcomes));
        runs.quiet();
        session.conclude("\n" + RollbackText.of(outcomes, last, look));
        return Exit.undone(outcomes.values());
    }

    private static boolean good(Map<Host, Outcome> outcomes) {
        return outcomes.values().stream().allMatch(one -> one instanceof Outcome.RolledBack);
    }

    /** @param known what is so of other hosts */
    private Map<Host, Outcome> undo(
            InventoryArgument.Read read, Runs runs, Safety how, Map<Host, PastRun> last, Map<Host, Outcome> known) {
        String fabric = read.fabric().name();
        String name = Runs.rollback();
        RunRecord record = new RunRecord(session, show, name, how.about());
        record.begin(about -> RollbackJson.of(fabric, last, known, about));
        Map<Host, Outcome> undone = runs.undo(read.fabric(), last, name);
        Map<Host, Outcome> all = new LinkedHashMap<>(known);
        all.putAll(undone);
        record.end(good(all) ? "rolled-back" : "not-rolled-back", about -> RollbackJson.of(fabric, last, all, about));
        return undone;
    }
}
