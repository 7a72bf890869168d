package org.linkctl.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.Look;
import org.linkctl.cli.show.PlanReport;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Leaves a host: with everything as it is, or with nothing of linkctl's. */
@Command(
        name = "forget",
        description = {
            "Leaves a host: from then on linkctl owns nothing there for this inventory. Everything stays as it is,"
                    + " unless --destroy is said.",
            "",
            "With --destroy all that linkctl made there for this inventory is taken away: the plan is shown, asked"
                    + " about, and carried out as with `linkctl apply`. Keys stay without --purge-keys, packages always."
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
final class ForgetCommand implements Callable<Integer> {
    private final Session session;

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

    @Option(names = "--destroy", order = 2, description = "Take away all that linkctl made there for this inventory.")
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

    @Mixin
    private final ShowOptions show = new ShowOptions();

    ForgetCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!destroy && undeclared.undeclared() == Undeclared.PURGED) {
            throw new Failure("--purge-keys: without --destroy nothing is taken away");
        }
        InventoryArgument.Read declared = new InventoryArgument().read(file, session, show);
        Host host = host(declared.fabric());
        InventoryArgument.Read read = new InventoryArgument.Read(
                declared.file(), left(declared.fabric().name(), host), List.of(), declared.sourceLine());
        Safety how = safety.safety(read.file(), read.fabric().name(), session);
        Runs runs = new Runs(session, connection, new SelectionOptions(), show)
                .guarded(how)
                .leaving()
                .undeclared(destroy ? undeclared.undeclared() : Undeclared.FORGOTTEN);
        Carrying carrying = new Carrying(session, show, !yes);
        int status = runs.during(read.fabric(), run -> carrying.recorded(() -> leave(read, how, runs, run, carrying)));
        if (status == Exit.OK && declared.fabric().host(name).isPresent()) {
            session.tell(file + " still declares " + name + ": the next apply "
                    + (destroy ? "makes it all again.\n" : "takes it over again.\n"));
        }
        return status;
    }

    private int leave(InventoryArgument.Read read, Safety how, Runs runs, Run run, Carrying carrying) {
        PlanReport plan = PlanCommand.report(read, run);
        runs.quiet();
        if (plan.outcomes().values().stream().allMatch(outcome -> outcome instanceof Outcome.Converged)) {
            session.print(name + ": linkctl owns nothing there for '"
                    + read.fabric().name() + "'" + (destroy ? " that could go" : "") + ".\n");
            return Exit.OK;
        }
        Look look = diff.look(show.look(session.terminal()));
        session.print(plan.text(look));
        if (plan.tally().hosts() == 0) return Exit.applied(plan.outcomes().values());
        if (destroy) carrying.confirm(plan.tally());
        else carrying.confirm("Forget what linkctl owns on " + name + "? It stays there as it is.");
        carrying.begin(run, how.about(), plan);
        runs.changing(run);
        PlanReport now = read.report(run.reserve(), run);
        runs.quiet();
        if (carrying.moved(plan, now, look) && now.tally().hosts() > 0) carrying.confirm(now.tally());
        Map<Host, Outcome> outcomes = run.apply();
        runs.quiet();
        carrying.record(read.report(outcomes, run));
        session.conclude("\n" + ApplyText.of(outcomes, look));
        return Exit.applied(outcomes.values());
    }

    /** As the inventory has it, or as it is told on the command line. */
    private Host host(Fabric fabric) {
        Host declared = fabric.host(name).orElse(null);
        if (ssh == null) {
            if (declared != null) return declared;
            List<String> known = fabric.hosts().stream().map(Host::name).toList();
            String guess = Suggest.closest(name, known)
                    .map(near -> "; did you mean '" + near + "'?")
                    .orElse("");
            throw new Failure("no host named '" + name + "' in " + file + guess
                    + "\n  Where one answers that is declared no more is told by --ssh USER@ADDRESS.");
        }
        SshTarget target =
                SshTarget.parse(ssh).orElseThrow(() -> new Failure("--ssh: '" + ssh + "' is not [USER@]HOST[:PORT]"));
        return declared == null
                ? new Host(name, "-", Os.LINUX, target, Become.AUTO, null, new Place(file.toString(), 1, 1))
                : new Host(name, declared.site(), declared.os(), target, declared.become(), null, declared.at());
    }

    /** The same fabric with nothing declared. */
    private static Fabric left(String fabric, Host host) {
        return new Fabric(fabric, List.of(new Site(host.site(), List.of(), host.at())), List.of(host), List.of());
    }
}
