package org.linkctl.cli.command;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.linkctl.cli.show.HealthJson;
import org.linkctl.cli.show.HealthText;
import org.linkctl.cli.throughput.Measured;
import org.linkctl.cli.throughput.Result;
import org.linkctl.cli.throughput.ThroughputText;
import org.linkctl.cli.throughput.Trial;
import org.linkctl.engine.Health;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells whether the network works, not only whether it is configured. */
@Command(
        name = "verify",
        description = {
            "Tells whether the network is in health; changes nothing.",
            "",
            "Handshakes at both ends, a ping over each tunnel, LACP really negotiated, routes with all their nexthops, "
                    + "hash policy, the MTU that passes without fragments."
        },
        footer = {"", "Example:", "  linkctl verify prod.groovy"},
        exitCodeList = {
            "0:nothing is bad; what is doubtful is shown",
            "1:an error, or something could not be measured",
            "3:a host was unreachable",
            "4:a host was refused: what was found there could not be understood",
            "5:something is bad"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InventoryArgument inventory = new InventoryArgument();

    @Option(names = "--json", order = 1, description = "The findings as data (docs/plan-json.md).")
    private boolean json;

    @Option(
            names = "--throughput",
            order = 2,
            description = "Also measure every route, both ways, with iperf3: all tunnels against one. Loads the links.")
    private boolean throughput;

    @Option(names = "--seconds", order = 3, paramLabel = "N", description = "How long each measurement takes (10).")
    private int seconds = 10;

    @Option(names = "--flows", order = 4, paramLabel = "N", description = "TCP streams side by side (24).")
    private int flows = 24;

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Fabric fabric = inventory.read("verify", session, show).fabric();
        Runs runs = new Runs(session, connection, selection, show);
        Map<Host, Health> health = runs.examine(fabric);
        runs.quiet();
        if (!json) session.print(HealthText.of(health, show.look(session.terminal())));
        List<Measured> measured = throughput ? measure(runs, fabric) : List.of();
        if (json) session.print(HealthJson.of(fabric, health, measured));
        int status = Exit.of(health);
        boolean all = measured.stream().allMatch(Result.class::isInstance);
        return status == Exit.OK && !all ? Exit.ERROR : status;
    }

    private List<Measured> measure(Runs runs, Fabric fabric) {
        List<Trial> trials = Trial.of(fabric).stream()
                .filter(trial -> selection.holds(trial.from().name())
                        && selection.holds(trial.to().name()))
                .toList();
        if (trials.isEmpty()) {
            throw new Failure("--throughput: no route joins two of these hosts that have an address on their LANs");
        }
        List<Measured> measured = new Throughput(session, runs, seconds, flows).of(trials, connection.timeout());
        runs.quiet();
        for (Measured one : measured) {
            if (!json && one instanceof Result result) session.print("\n" + ThroughputText.of(result, fabric));
        }
        return measured;
    }
}
