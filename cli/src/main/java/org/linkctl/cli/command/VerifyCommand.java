package org.linkctl.cli.command;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.linkctl.cli.show.HealthJson;
import org.linkctl.cli.show.HealthText;
import org.linkctl.cli.throughput.Measured;
import org.linkctl.cli.throughput.Measurement;
import org.linkctl.cli.throughput.Result;
import org.linkctl.cli.throughput.ThroughputText;
import org.linkctl.cli.throughput.Trial;
import org.linkctl.engine.Connection;
import org.linkctl.engine.Connector;
import org.linkctl.engine.Health;
import org.linkctl.engine.Unreachable;
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
            "1:something is bad, an error, or a host was unreachable or refused"
        })
final class VerifyCommand implements Callable<Integer> {
    /** What a measurement takes beside the time that it measures. */
    private static final Duration AROUND = Duration.ofSeconds(90);

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
        boolean all = measured.stream().allMatch(Result.class::isInstance);
        return all && HealthText.passes(health) ? Exit.OK : Exit.ERROR;
    }

    private List<Measured> measure(Runs runs, Fabric fabric) {
        long end = System.nanoTime() + connection.timeout().toNanos();
        List<Trial> trials = Trial.of(fabric).stream()
                .filter(trial -> selection.holds(trial.from().name())
                        && selection.holds(trial.to().name()))
                .toList();
        if (trials.isEmpty()) {
            throw new Failure("--throughput: no route joins two of these hosts that have an address on their LANs");
        }
        return runs.connected(
                Duration.ofSeconds(seconds).plus(AROUND),
                connector -> trials.stream()
                        .map(trial -> System.nanoTime() > end
                                ? failed(trial, "the time that --timeout gives is over")
                                : measure(connector, fabric, trial))
                        .toList());
    }

    private Measured measure(Connector connector, Fabric fabric, Trial trial) {
        try (Connection from = connector.connect(trial.from());
                Connection to = connector.connect(trial.to())) {
            Result result = new Measurement(from, to, seconds, flows).of(trial);
            if (!json) session.print("\n" + ThroughputText.of(result, fabric));
            return result;
        } catch (IllegalStateException | Unreachable e) {
            return failed(trial, String.valueOf(e.getMessage()));
        }
    }

    private Measured failed(Trial trial, String why) {
        session.tell(
                "--throughput, " + trial.from().name() + " to " + trial.to().name() + ": " + why + "\n");
        return new Measured.Failed(trial, why);
    }
}
