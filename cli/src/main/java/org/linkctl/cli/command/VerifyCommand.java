package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShardOption;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.ShardRuns;
import org.linkctl.cli.run.ThroughputRun;
import org.linkctl.cli.show.HealthJson;
import org.linkctl.cli.show.HealthText;
import org.linkctl.cli.throughput.EarlierRates;
import org.linkctl.cli.throughput.MeasurementOutcome;
import org.linkctl.cli.throughput.MeasurementResult;
import org.linkctl.cli.throughput.RouteDirection;
import org.linkctl.cli.throughput.ThroughputText;
import org.linkctl.engine.Health;
import org.linkctl.engine.Selection;
import org.linkctl.engine.Shard;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.playbook.Action;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks whether the network works, not only whether it is configured. */
@Command(
        name = "verify",
        description = {
            VerifyCommand.SUMMARY,
            "",
            "It checks handshakes at both ends, a ping over each tunnel, that LACP is negotiated, routes with all"
                    + " their nexthops, the hash policy, and the MTU that passes without fragments."
        },
        footer = {"", "Example:", "  linkctl verify prod.groovy"},
        exitCodeList = {
            "0:nothing is bad; what is doubtful is shown",
            "1:an error, or something could not be measured",
            "3:a host was unreachable",
            "4:a host was refused: what was found there could not be understood",
            "5:something is bad"
        })
final class VerifyCommand extends HostCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Tells whether the network works, not only whether it is configured; changes nothing.";

    private static final int SECONDS = 10;
    private static final int FLOWS = 24;

    @Option(names = "--json", order = 1, description = "The findings as data (docs/plan-json.md).")
    private boolean json;

    @Option(
            names = "--throughput",
            order = 2,
            description = "Also measure every route, both ways, with iperf3: all tunnels against one. Loads the links.")
    private boolean throughput;

    @Option(
            names = "--seconds",
            order = 3,
            paramLabel = "N",
            description = "With --throughput: how long each measurement takes, 1 to 300 (10).")
    private @Nullable Integer seconds;

    @Option(
            names = "--flows",
            order = 4,
            paramLabel = "N",
            description = "With --throughput: TCP streams side by side, 1 to 128 (24).")
    private @Nullable Integer flows;

    @Option(
            names = "--compare",
            order = 5,
            paramLabel = "FILE",
            description =
                    "What 'verify --throughput --json' printed before a change: tells what it cost. A direction that"
                            + " carries over 10 %% less is bad.")
    private @Nullable Path compare;

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final ShardOption shard = new ShardOption();

    VerifyCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        measured("--seconds", seconds, Action.Measure.LONGEST);
        measured("--flows", flows, Action.Measure.MOST_FLOWS);
        Fabric fabric = inventory.read("verify", context, show).fabric();
        EarlierRates earlier = earlier();
        HostRuns runs = runs(selection);
        Shard part = shard.shard();
        shard.refuse(throughput, "--throughput", "a route is measured between two hosts, and one after the other");
        if (part != null) {
            Set<String> own = new ShardRuns(part, fabric, selection, context.installation(), runs).own();
            if (own.isEmpty()) return noHosts(part, fabric);
            runs.part((_, all) -> new Selection(own, all.modules()));
        }
        Map<Host, Health> shown = new HashMap<>();
        if (!json)
            runs.showHealth((host, one) -> {
                context.print(HealthText.host(host, one, style()));
                shown.put(host, one);
            });
        Map<Host, Health> health = runs.examine(fabric);
        runs.clearProgress();
        if (!json) context.print(HealthText.rest(health, shown, style()));
        List<MeasurementOutcome> measured = throughput ? measure(runs, fabric, earlier) : List.of();
        if (json) context.print(HealthJson.of(fabric, health, measured, earlier));
        int status = ExitStatus.of(health);
        boolean less =
                measured.stream().anyMatch(one -> one instanceof MeasurementResult result && earlier.isLess(result));
        if (status == ExitStatus.OK && less) return ExitStatus.NOT_CONVERGED;
        boolean all = measured.stream().allMatch(MeasurementResult.class::isInstance);
        return status == ExitStatus.OK && !all ? ExitStatus.ERROR : status;
    }

    private int noHosts(Shard part, Fabric fabric) {
        String none = "No host is in shard " + part.index() + " of " + part.count() + ".\n";
        context.print(json ? HealthJson.of(fabric, Map.of(), List.of(), EarlierRates.NONE) : none);
        return ExitStatus.OK;
    }

    private void measured(String option, @Nullable Integer value, int most) {
        if (value == null) return;
        if (!throughput) throw new Failure(option + ": nothing is measured; say --throughput, too");
        if (value < 1 || value > most) throw new Failure(option + ": " + value + " is not 1 to " + most);
    }

    private EarlierRates earlier() {
        if (compare == null) return EarlierRates.NONE;
        if (!throughput) throw new Failure("--compare: nothing is measured to compare with; say --throughput, too");
        try {
            return EarlierRates.read(Files.readString(compare));
        } catch (IOException e) {
            throw new Failure("--compare: '" + compare + "' cannot be read: " + PrivateFile.why(e));
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    "--compare: '" + compare + "' is not what 'verify --throughput --json' printed: " + e.getMessage());
        }
    }

    private List<MeasurementOutcome> measure(HostRuns runs, Fabric fabric, EarlierRates earlier) {
        List<RouteDirection> trials = RouteDirection.of(fabric).stream()
                .filter(trial -> selection.holds(fabric, trial.from()) && selection.holds(fabric, trial.to()))
                .toList();
        if (trials.isEmpty()) {
            throw new Failure("--throughput: no route joins two of these hosts that have an address on their LANs");
        }
        List<MeasurementOutcome> measured = new ThroughputRun(
                        context, runs, seconds == null ? SECONDS : seconds, flows == null ? FLOWS : flows)
                .of(trials, connection.timeout());
        runs.clearProgress();
        for (MeasurementOutcome one : measured) {
            if (!json && one instanceof MeasurementResult result)
                context.print("\n" + ThroughputText.of(result, fabric, earlier));
        }
        return measured;
    }
}
