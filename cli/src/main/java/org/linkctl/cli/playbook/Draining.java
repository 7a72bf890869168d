package org.linkctl.cli.playbook;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.run.DrainRun;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.SecretLookup;
import org.linkctl.engine.Drain;
import org.linkctl.engine.Health;
import org.linkctl.model.Host;
import org.linkctl.plan.Way;
import org.linkctl.spi.Finding;

/** The steps {@code drain} and {@code undrain}: as the commands of these names, and what this run has set is known. */
record Draining(CommandContext context, RunOptions options, InventoryArgument.Read read, Drained drained) {
    /**
     * Takes something out of service.
     *
     * @param health of the hosts that have to know it: a tunnel that is bad by that is no other way
     */
    String drain(Way way, Map<Host, Health> health) {
        DrainRun.Ended ended =
                run().carryOut(new Drain(way, true, false, bad(health)), runs(), marks -> drained.add(way, marks));
        List<DrainRun.Before> others = drained.ofOthers(ended.before());
        drained.add(way, Map.of());
        drained.remove(ended.notSet());
        new PlaybookEvents(context.events()).drained(true, way, ended.changed());
        String before = others.stream().map(DrainRun.Before::line).collect(Collectors.joining("; "));
        require(ended);
        return before.isEmpty() ? "" : "drained before, and it stays so: " + before;
    }

    /** Puts it back, as far as this run has taken it out: all hosts or none. */
    String undrain(Way way) {
        return back(way, false);
    }

    /** Puts it back on every host that can be reached, whatever a step that failed has left there. */
    String putBack(Way way) {
        return back(way, true);
    }

    private String back(Way way, boolean force) {
        Way own = drained.toPutBack(way);
        if (own.marks().isEmpty()) {
            drained.end(way);
            return "nothing to do: this run has not taken it out of service, or something else it drained needs it so";
        }
        DrainRun.Ended ended = run().carryOut(new Drain(own, false, force), runs(), _ -> {});
        drained.remove(ended.changed());
        new PlaybookEvents(context.events()).drained(false, way, ended.changed());
        require(ended);
        drained.remove(own.marks());
        drained.end(way);
        return "";
    }

    private DrainRun run() {
        SecretLookup secrets = new SecretLookup(options.secrets().providers(), context, options.show());
        return new DrainRun(context, options.show(), secrets, read, options.safety());
    }

    private HostRuns runs() {
        return new HostRuns(context, options.connection(), new SelectionOptions(), options.show());
    }

    private static void require(DrainRun.Ended ended) {
        if (ended.status() == ExitStatus.OK) return;
        throw new StepFailure(ended.status(), Waiting.why(ended.outcomes()));
    }

    /** The names in what is bad. */
    private static Set<String> bad(Map<Host, Health> health) {
        Set<String> names = new LinkedHashSet<>();
        for (Health one : health.values()) {
            if (!(one instanceof Health.Examined(var findings))) continue;
            findings.stream()
                    .filter(finding -> finding.health() == Finding.Health.BAD)
                    .forEach(finding ->
                            names.addAll(Arrays.asList(finding.subject().split("[^A-Za-z0-9_.-]+", -1))));
        }
        return names;
    }
}
