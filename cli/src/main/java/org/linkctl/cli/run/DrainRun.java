package org.linkctl.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.show.ApplyText;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Drain;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Selection;
import org.linkctl.model.Host;

/**
 * Takes something out of service, or puts it back, at all hosts that have to know it, or at none: {@code linkctl drain} and
 * {@code undrain}, and the steps of these names in a playbook. It asks nothing.
 *
 * @param safety says who does it
 */
public record DrainRun(
        CommandContext context, ShowOptions show, SecretLookup secrets, InventoryArgument.Read read, Safety safety) {
    /** The modules that compare a secret of the hosts that they drain. */
    private static final Set<String> WITH_SECRETS = Set.of("freebsd.carp");

    /**
     * A mark that was there before.
     *
     * @param host the name of the host that has it
     * @param path what is out of service
     * @param text what it says: of what, by whom and since when
     */
    public record Before(String host, String path, String text) {
        /** As a line, without its end. */
        public String line() {
            return host + ": " + text;
        }
    }

    /**
     * How it ended.
     *
     * @param status an exit status
     * @param begun whether hosts were changed; false: it was so before, or is refused
     * @param planned by host, the paths whose marks were to be set or removed
     * @param before marks that were there before
     */
    public record Ended(
            int status,
            Map<Host, Outcome> outcomes,
            boolean begun,
            Map<String, Set<String>> planned,
            List<Before> before) {
        public Ended {
            before = List.copyOf(before);
        }

        /** Those that were. */
        public Map<String, Set<String>> changed() {
            Map<String, Set<String>> marks = new LinkedHashMap<>();
            outcomes.forEach((host, outcome) -> {
                switch (outcome) {
                    case Outcome.Changed(var plan) -> marks.put(host.name(), Drain.marks(plan));
                    case Outcome.NotConverged(var plan, var _, var _) -> marks.put(host.name(), Drain.marks(plan));
                    default -> {}
                }
            });
            return marks;
        }

        /** Those that certainly were not: the host undid it, or never began. */
        public Map<String, Set<String>> notSet() {
            Map<String, Set<String>> marks = new LinkedHashMap<>();
            Map<String, Set<String>> done = changed();
            outcomes.forEach((host, outcome) -> {
                if (outcome instanceof Outcome.Unreachable) return;
                Set<String> left = new LinkedHashSet<>(planned.getOrDefault(host.name(), Set.of()));
                left.removeAll(done.getOrDefault(host.name(), Set.of()));
                marks.put(host.name(), left);
            });
            return marks;
        }
    }

    /**
     * Does it.
     *
     * @param runs not used for anything else
     * @param beginning told before hosts are changed: by host, the paths whose marks are set or removed
     */
    public Ended carryOut(Drain drain, HostRuns runs, Consumer<Map<String, Set<String>>> beginning) {
        runs.guarded(safety).draining(drain);
        runs.useSecrets(secrets.secrets(read, new Selection(drain.hosts(), WITH_SECRETS)));
        PlanExecution execution = new PlanExecution(context, show, false);
        return runs.during(
                read.fabric(), run -> execution.recorded(() -> carryOut(drain, runs, run, execution, beginning)));
    }

    private Ended carryOut(
            Drain drain,
            HostRuns runs,
            Run run,
            PlanExecution execution,
            Consumer<Map<String, Set<String>>> beginning) {
        PlanReport plan = read.plan(run);
        runs.clearProgress();
        Map<Host, Outcome> planned = plan.outcomes();
        List<Before> before = before(run);
        boolean differs = planned.values().stream().anyMatch(outcome -> outcome instanceof Outcome.WouldChange);
        if (stops(planned, drain) || !differs) {
            return new Ended(ExitStatus.of(planned.values()), planned, false, Map.of(), before);
        }
        execution.begin(run, safety.about(), plan);
        runs.beginChanges(run);
        Map<String, Set<String>> marks = marks(planned);
        beginning.accept(marks);
        run.reserve();
        Map<Host, Outcome> outcomes = run.apply();
        runs.clearProgress();
        execution.record(read.report(outcomes, run));
        return new Ended(ExitStatus.applied(outcomes.values()), outcomes, true, marks, before);
    }

    private static Map<String, Set<String>> marks(Map<Host, Outcome> planned) {
        Map<String, Set<String>> marks = new LinkedHashMap<>();
        planned.forEach((host, outcome) -> {
            if (outcome instanceof Outcome.WouldChange(var plan)) marks.put(host.name(), Drain.marks(plan));
        });
        return marks;
    }

    /** All hosts know it, or none; with --force those that can be reached. */
    private static boolean stops(Map<Host, Outcome> planned, Drain drain) {
        return planned.values().stream()
                .anyMatch(outcome -> !(outcome instanceof Outcome.Converged || outcome instanceof Outcome.WouldChange)
                        && !(drain.force() && outcome instanceof Outcome.Unreachable));
    }

    private static List<Before> before(Run run) {
        List<Before> out = new ArrayList<>();
        run.warnings().forEach((host, warnings) -> {
            for (HostPlan.Warning warning : warnings) {
                Drain.path(warning.resource())
                        .ifPresent(path -> out.add(new Before(host.name(), path, warning.text())));
            }
        });
        return out;
    }

    /** Does it as a command of its own, with what there is to say; returns the exit status. */
    public int drain(Drain drain, HostRuns runs) {
        Ended ended = carryOut(drain, runs, marks -> {});
        TextStyle style = show.style(context.terminal());
        if (ended.begun()) {
            boolean good = ended.outcomes().values().stream().allMatch(Outcome::good);
            context.conclude(good ? done(drain) : ApplyText.of(ended.outcomes(), style));
        } else if (stops(ended.outcomes(), drain)) {
            context.print(ApplyText.of(ended.outcomes(), style));
            boolean offered = drain.out()
                    && !drain.force()
                    && ended.outcomes().values().stream().anyMatch(outcome -> outcome instanceof Outcome.Refused);
            context.message("Nothing was changed."
                    + (offered ? " Where nothing else is left to go over, --force does it all the same." : "") + "\n");
        } else {
            context.print(
                    drain.out()
                            ? drain.name() + " is drained already.\n"
                                    + ended.before().stream()
                                            .map(mark -> mark.line() + "\n")
                                            .collect(Collectors.joining())
                            : drain.name() + " is not drained.\n");
        }
        return ended.status();
    }

    private static String done(Drain drain) {
        String hosts = drain.hosts().stream().sorted().collect(Collectors.joining(", "));
        return drain.out()
                ? drain.name() + " is drained: " + hosts
                        + ". It stays so, after a boot, too, until `linkctl undrain`.\n"
                : drain.name() + " is in service again: " + hosts + ".\n";
    }
}
