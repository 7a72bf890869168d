package org.linkctl.cli.playbook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.ThroughputRun;
import org.linkctl.cli.show.HealthJson;
import org.linkctl.cli.throughput.EarlierRates;
import org.linkctl.cli.throughput.MeasurementOutcome;
import org.linkctl.cli.throughput.MeasurementResult;
import org.linkctl.cli.throughput.RouteDirection;
import org.linkctl.cli.throughput.ThroughputText;
import org.linkctl.model.Fabric;
import org.linkctl.playbook.Action;

/**
 * Measures throughput, and compares it with the last measurement of the same name: kept in the user's state folder, by
 * fabric and name, in the form of {@code linkctl verify --throughput --json}.
 */
record Measuring(CommandContext context, RunOptions options, InventoryArgument.Read read) {
    private static final String LESS =
            "a route carries over 10 % less than last time; the figures of then are kept, and compared"
                    + " with, until measure(…, accept: true) takes new ones";

    String measure(Action.Measure measure, HostRuns runs) {
        Fabric fabric = read.fabric();
        List<RouteDirection> trials = RouteDirection.of(fabric).stream()
                .filter(trial -> measure.hosts().contains(trial.from())
                        && measure.hosts().contains(trial.to()))
                .toList();
        if (trials.isEmpty()) {
            throw new StepFailure(
                    ExitStatus.ERROR, "no route joins two of these hosts that have an address on their LANs");
        }
        Optional<Path> file = file(measure.name());
        EarlierRates earlier =
                file.filter(Files::exists).map(Measuring::earlier).orElse(EarlierRates.NONE);
        List<MeasurementOutcome> measured = new ThroughputRun(context, runs, measure.seconds(), measure.flows())
                .of(trials, options.connection().timeout());
        runs.clearProgress();
        for (MeasurementOutcome one : measured) {
            if (!options.quiet() && one instanceof MeasurementResult result) {
                context.print(ThroughputText.of(result, fabric, earlier) + "\n");
            }
        }
        if (!measured.stream().allMatch(MeasurementResult.class::isInstance)) {
            throw new StepFailure(ExitStatus.ERROR, "not every route could be measured");
        }
        boolean less =
                measured.stream().anyMatch(one -> one instanceof MeasurementResult result && earlier.isLess(result));
        // A link that got slow has to be told each time, not once.
        if (less && !measure.accept()) throw new StepFailure(ExitStatus.NOT_CONVERGED, LESS);
        file.ifPresent(path -> keep(path, HealthJson.of(fabric, Map.of(), measured, earlier)));
        if (less) return "over 10 % less than last time, and accepted: kept, to be compared with next time";
        return earlier.equals(EarlierRates.NONE) ? "kept, to be compared with next time" : "not less than last time";
    }

    private static EarlierRates earlier(Path file) {
        try {
            return EarlierRates.read(Files.readString(file));
        } catch (IOException e) {
            throw new StepFailure(
                    ExitStatus.ERROR, "the last measurement, '" + file + "', cannot be read: " + PrivateFile.why(e));
        } catch (IllegalArgumentException e) {
            throw new StepFailure(ExitStatus.ERROR, "the last measurement, '" + file + "', is none: " + e.getMessage());
        }
    }

    private void keep(Path file, String text) {
        try {
            Path _ = PrivateFile.folder(Objects.requireNonNull(file.getParent(), "it is in a folder"));
            Path _ = PrivateFile.write(file, text);
        } catch (IOException e) {
            context.reportLoss("'" + file + "' cannot be written: " + PrivateFile.why(e));
        }
    }

    /** Empty where the user has no folder for state. The name is any text: what cannot be part of a file name is encoded. */
    private Optional<Path> file(String name) {
        String part = java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8);
        return UserFolders.state(context.terminal().environment())
                .map(state ->
                        state.resolve("measured").resolve(read.fabric().name()).resolve("m-" + part + ".json"));
    }
}
