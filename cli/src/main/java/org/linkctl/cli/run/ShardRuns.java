package org.linkctl.cli.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.cli.context.Installation;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.show.OutcomeLabel;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Selection;
import org.linkctl.engine.Shard;
import org.linkctl.engine.Stages;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import org.linkctl.plan.Planner;

/**
 * The runs of one shard: first one of its own hosts alone, in which the paths to hosts of other shards wait; then, where
 * any wait, one of these hosts and those that share the traffic of these paths, whosever they are. Each shard does that for
 * its own, so that a path to another shard's hosts is changed by whoever has their locks first, and found done by the other.
 */
public final class ShardRuns {
    private static final String LEFT =
            "what is its own was changed; paths to hosts of other shards were not, since somebody is ";
    private static final String STANDS = "; what was changed before, in the run of the shard's own hosts, stands";

    private final Fabric fabric;
    private final HostRuns runs;
    private final Selection all;
    private final Set<String> own;

    public ShardRuns(Shard shard, Fabric fabric, SelectionOptions options, Installation installation, HostRuns runs) {
        Planner planner = installation.planner();
        this.fabric = fabric;
        this.runs = runs;
        Selection selected = options.selection(fabric, planner);
        List<Host> hosts = fabric.hosts().stream().filter(selected::holds).toList();
        this.all = new Selection(hosts.stream().map(Host::name).collect(Collectors.toSet()), selected.modules());
        this.own = new TreeSet<>(shard.of(fabric, hosts));
    }

    /** The names of the shard's hosts. */
    public Set<String> own() {
        return own;
    }

    /**
     * How a run ended.
     *
     * @param waiting by host, the hosts that have to be in one run for what is left there
     */
    public record Ended(PlanReport report, Map<String, Set<String>> waiting) {
        /** The hosts of the next run. */
        public Set<String> together() {
            Set<String> out = new TreeSet<>();
            waiting.values().forEach(out::addAll);
            return out;
        }

        /** Whether no host has a problem, but for what is left to the next run. */
        public boolean good() {
            return report.outcomes().entrySet().stream()
                    .allMatch(one -> one.getValue().good()
                            || waiting.containsKey(one.getKey().name()));
        }
    }

    /** A run over the shard's hosts. */
    public Ended alone(Function<Run, PlanReport> work) {
        return over(own, work);
    }

    /** A run over these hosts; other runs have the others. */
    public Ended over(Set<String> hosts, Function<Run, PlanReport> work) {
        Selection part = new Selection(hosts, all.modules(), all.hosts());
        return runs.part((_, _) -> part).during(fabric, run -> {
            PlanReport report = work.apply(run);
            return new Ended(report, run.together());
        });
    }

    /** What apply would do on the shard's hosts, both runs together; nothing is changed. */
    public PlanReport plan(InventoryArgument.Read read) {
        Set<String> more = new TreeSet<>(own);
        Ended first = alone(read::plan);
        more.addAll(first.together());
        return more.equals(own) ? first.report() : ofOwn(over(more, read::plan).report());
    }

    private PlanReport ofOwn(PlanReport plan) {
        Map<Host, Outcome> outcomes = new LinkedHashMap<>(plan.outcomes());
        outcomes.keySet().removeIf(host -> !own.contains(host.name()));
        Map<Host, List<HostPlan.Warning>> warnings = new LinkedHashMap<>(plan.hostWarnings());
        warnings.keySet().removeIf(host -> !own.contains(host.name()));
        return with(plan, outcomes, warnings);
    }

    private static PlanReport with(
            PlanReport plan, Map<Host, Outcome> outcomes, Map<Host, List<HostPlan.Warning>> warnings) {
        return new PlanReport(
                plan.fabric(),
                outcomes,
                plan.stages(),
                warnings,
                plan.departures(),
                plan.warnings(),
                plan.sourceLine());
    }

    /** A plan without hosts of other shards on which it does nothing: theirs say what is the matter there. */
    public PlanReport withoutIdle(PlanReport plan) {
        Map<Host, Outcome> outcomes = new LinkedHashMap<>(plan.outcomes());
        outcomes.entrySet().removeIf(one -> !own.contains(one.getKey().name()) && !acts(one.getValue()));
        Map<Host, List<HostPlan.Warning>> warnings = new LinkedHashMap<>(plan.hostWarnings());
        warnings.keySet().retainAll(outcomes.keySet());
        return with(plan, outcomes, warnings);
    }

    private static boolean acts(Outcome outcome) {
        return switch (outcome) {
            case Outcome.WouldChange(HostPlan plan) -> acts(plan);
            case Outcome.NotConverged stuck -> !stuck.done().isEmpty();
            case Outcome.Changed _, Outcome.Failed _, Outcome.RolledBack _, Outcome.Locked _ -> true;
            case Outcome.Converged _, Outcome.Unreachable _, Outcome.Refused _ -> false;
        };
    }

    /** Whether a plan does anything, or all of it waits. */
    public static boolean acts(PlanReport plan) {
        return plan.outcomes().values().stream()
                .anyMatch(outcome -> outcome instanceof Outcome.WouldChange(HostPlan one) && acts(one));
    }

    private static boolean acts(HostPlan plan) {
        return plan.items().stream().anyMatch(HostPlan.Item::ready);
    }

    /** How a run ended after which no other one follows: what the shard's hosts wait for is not done. */
    public PlanReport left(Ended last) {
        PlanReport report = last.report();
        Map<Host, Outcome> outcomes = new LinkedHashMap<>(report.outcomes());
        outcomes.replaceAll((host, outcome) -> {
            Set<String> hosts = last.waiting().get(host.name());
            if (hosts == null || !own.contains(host.name()) || !outcome.good()) return outcome;
            HostPlan done = outcome instanceof Outcome.Changed(HostPlan plan) ? plan : new HostPlan(host, List.of());
            String why = "paths wait for a run with " + String.join(", ", hosts);
            return new Outcome.NotConverged(done, new HostPlan(host, List.of()), why);
        });
        return with(report, outcomes, report.hostWarnings());
    }

    /** How both runs ended, as one. */
    public PlanReport merged(PlanReport first, Ended ended) {
        PlanReport second = left(ended);
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        Map<Host, List<HostPlan.Warning>> warnings = new LinkedHashMap<>();
        String holder = holder(second);
        for (Host host : fabric.hosts()) {
            Outcome one = first.outcomes().get(host);
            Outcome two = second.outcomes().get(host);
            Outcome last = one == null ? two : two == null ? one : both(host, one, two, holder);
            if (last != null) outcomes.put(host, last);
            // What was not looked at again is as it was told first.
            PlanReport newer =
                    two == null || two instanceof Outcome.Locked || two instanceof Outcome.Unreachable ? first : second;
            List<HostPlan.Warning> said = newer.hostWarnings().get(host);
            if (said != null) warnings.put(host, said);
        }
        return withoutIdle(new PlanReport(
                second.fabric(),
                outcomes,
                new Stages(
                        both(first.stages().stages(), second.stages().stages()),
                        both(first.stages().cuts(), second.stages().cuts())),
                warnings,
                both(first.departures(), second.departures()),
                second.warnings(),
                second.sourceLine()));
    }

    private static <T> List<T> both(List<T> one, List<T> two) {
        return Stream.concat(one.stream(), two.stream()).distinct().toList();
    }

    /** Who has the hosts that the second run would have had; empty: nobody. */
    private static String holder(PlanReport second) {
        return second.outcomes().entrySet().stream()
                .filter(one -> one.getValue() instanceof Outcome.Locked)
                .map(one -> "at work on " + one.getKey().name() + ": " + OutcomeLabel.why(one.getValue()))
                .collect(Collectors.joining("; "));
    }

    /** How both runs ended on a host: what the first has done there stands, whatever became of the second. */
    private static Outcome both(Host host, Outcome one, Outcome two, String holder) {
        if (two instanceof Outcome.Converged && one.good()) return one;
        if (!(one instanceof Outcome.Changed(HostPlan done))) return two;
        return switch (two) {
            case Outcome.Changed(HostPlan more) -> new Outcome.Changed(done.with(both(done.items(), more.items())));
            case Outcome.Locked _ -> new Outcome.NotConverged(done, new HostPlan(host, List.of()), LEFT + holder);
            case Outcome.WouldChange(HostPlan left) -> new Outcome.NotConverged(done, left, LEFT + holder);
            case Outcome.RolledBack back -> new Outcome.RolledBack(back.plan(), back.why() + STANDS, back.output());
            default -> two;
        };
    }
}
