package org.linkctl.engine.run;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import org.linkctl.spi.Published;

/**
 * A run that brings hosts to their declared state, in as many passes as it takes until nothing is left that can be
 * done.
 */
public final class Convergence implements Run, Confirmation.Prober, StageRunner.Actions {
    private static final int MAX_PASSES = 10;

    private static final Duration FRESH = Duration.ofSeconds(30);

    private final RunPlanner planner;
    private final TrafficState traffic;
    private final Fleet fleet;
    private final StepRunner steps;
    private final SettleTime settling;
    private final RunState state;
    private final Guards guards;
    private final HealthComparison comparison;
    private final RollbackNotices notices;
    private boolean planned;
    private long probedAt;
    private long tellingTook;
    private boolean reserved;
    /** Another run holds one of the locks: nothing is done on any host. */
    private boolean lockedElsewhere;

    private final Confirmation confirmation;
    private Stages stages = Stages.NONE;
    private StageRunner staging = new StageRunner(stages, this);

    public Convergence(RunPlanner planner, Fleet fleet, Safety safety) {
        this(planner, fleet, safety, SettleTime.USUAL);
    }

    Convergence(RunPlanner planner, Fleet fleet, Safety safety, SettleTime settling) {
        this.planner = planner;
        this.traffic = new TrafficState(planner);
        this.fleet = fleet;
        this.guards = new Guards(fleet, safety);
        this.steps = new StepRunner(fleet, guards);
        this.comparison = new HealthComparison(planner, fleet);
        this.notices = new RollbackNotices(fleet.events(), safety, guards.runId());
        this.settling = settling;
        this.state = new RunState(planner, new HostProbe(planner, fleet, safety), notices);
        this.confirmation = new Confirmation(fleet, guards, this, state, settling);
    }

    @Override
    public Map<Host, Outcome> plan() {
        EarlyResults<Outcome> early = new EarlyResults<>(
                planner.selected(),
                planner.neighbours()::of,
                this::early,
                this::tell,
                System::nanoTime,
                EarlyResults.PATIENCE);
        tellingTook = 0;
        state.start(early);
        // Whoever reads the first results slowly, in a pager say, makes the answers old.
        probedAt = System.nanoTime() - tellingTook;
        planned = true;
        order();
        return plannedOutcomes(early.told());
    }

    /** What the plan says of these hosts, by what was read so far. */
    private Map<Host, Outcome> early(Collection<Host> hosts, Collection<Host> read) {
        RunState some = state.only(read);
        some.decide(Stages.NONE, Set.of());
        Stages order = stagesOf(some);
        if (!order.equals(Stages.NONE)) some.decide(order, Set.of());
        Map<Host, Outcome> out = new LinkedHashMap<>();
        for (Host host : hosts) out.put(host, some.run(host).plannedOutcome());
        return out;
    }

    private void tell(Host host, Outcome outcome) {
        if (outcome instanceof Outcome.WouldChange(HostPlan plan))
            fleet.events().planned(host, plan);
        fleet.events().ended(host, outcome);
        long begin = System.nanoTime();
        fleet.events().known(host, outcome);
        tellingTook += System.nanoTime() - begin;
    }

    private Map<Host, Outcome> plannedOutcomes() {
        return plannedOutcomes(Map.of());
    }

    /** @param told what the events say already */
    private Map<Host, Outcome> plannedOutcomes(Map<Host, Outcome> told) {
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        for (HostRun work : state.all()) {
            Outcome outcome = work.plannedOutcome();
            Outcome before = told.get(work.host);
            if (work.active()) fleet.events().planned(work.host, work.remaining);
            if (before == null || !before.getClass().equals(outcome.getClass()))
                fleet.events().ended(work.host, outcome);
            outcomes.put(work.host, outcome);
        }
        return outcomes;
    }

    @Override
    public Map<Host, Outcome> reserve() {
        if (!planned) plan();
        if (reserved) return plannedOutcomes();
        reserved = true;
        if (state.active().allMatch(work -> work.remaining.isEmpty())) return plannedOutcomes();
        lockedElsewhere = false;
        // All hosts, since the run that holds a lock may change one that does not differ now.
        guards.reserve(state.hosts(work -> true)).forEach(this::lockRefused);
        if (lockedElsewhere) return plannedOutcomes();
        // Fresh answers are not asked again, unless another run has changed the host meanwhile.
        boolean stale = System.nanoTime() - probedAt > FRESH.toNanos();
        state.probe(state.hosts(work -> stale || guards.changedSince(work.host, work.answers)));
        decide();
        List<Host> changing = state.hosts(work -> !work.remaining.isEmpty());
        notices.markReported(changing, guards);
        comparison.recordBefore(changing, published(), host -> state.run(host).answers);
        order();
        return plannedOutcomes();
    }

    private void lockRefused(Host host, Outcome why) {
        lockedElsewhere |= why instanceof Outcome.Locked;
        // A guard that cannot be installed matters only where something is to be changed.
        if (!(why instanceof Outcome.Refused) || !state.run(host).remaining.isEmpty()) state.end(host, why);
    }

    private void order() {
        stages = Stages.NONE;
        decide();
        stages = stagesOf(state);
        Set<String> before = staging.drained();
        staging = new StageRunner(stages, this);
        // Without stages the plans that there are stand.
        if (!stages.equals(Stages.NONE) || !before.isEmpty()) decide();
    }

    private Stages stagesOf(RunState of) {
        Published published = published();
        SharedPaths shared = planner.sharedPaths();
        return StagePlanner.of(
                of.active()
                        .map(work -> traffic.of(shared.without(work.remaining), published, work.answers))
                        .toList(),
                planner::ends);
    }

    @Override
    public Stages stages() {
        return stages;
    }

    @Override
    public Map<String, Set<String>> together() {
        SharedPaths shared = planner.sharedPaths();
        Set<String> failed = failed();
        Map<String, Set<String>> out = new TreeMap<>();
        state.active().forEach(work -> {
            Set<String> hosts = shared.together(work.remaining, failed);
            if (!hosts.isEmpty()) out.put(work.host.name(), hosts);
        });
        return out;
    }

    /** The names of the hosts that this run has not changed as it should: another run does not try it again at once. */
    private Set<String> failed() {
        Set<String> out = new HashSet<>();
        for (HostRun work : state.all()) {
            work.ended
                    .filter(why -> why instanceof Outcome.Failed || why instanceof Outcome.RolledBack)
                    .ifPresent(why -> out.add(work.host.name()));
        }
        return out;
    }

    @Override
    public Map<Host, List<HostPlan.Warning>> warnings() {
        Map<Host, List<HostPlan.Warning>> out = new LinkedHashMap<>();
        for (HostRun work : state.all()) {
            if (!work.remaining.warnings().isEmpty()) out.put(work.host, work.remaining.warnings());
        }
        return out;
    }

    @Override
    public Map<Host, Outcome> apply() {
        if (!reserved) reserve();
        if (lockedElsewhere) return plannedOutcomes();
        staging.begin();
        do converge();
        while (fleet.timeLeft() && staging.next());
        confirmation.conclude();
        // Told before the locks are released and new paths are looked at, which takes its time and changes none of it.
        Map<Host, Outcome> outcomes = outcomes();
        guards.unlock();
        new NewPathCheck(state.all(), stages, planner::ends).report(fleet.events(), comparison, published(), settling);
        planned = false;
        reserved = false;
        return outcomes;
    }

    private Map<Host, Outcome> outcomes() {
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        Set<String> failed = failed();
        for (HostRun work : state.all()) {
            Outcome outcome = planner.sharedPaths().leavesAll(work.remaining, failed)
                    ? work.outcomeSoFar()
                    : work.outcome(OutcomeReasons.notConverged(work, state.failedPeers(), state.all()));
            fleet.events().ended(work.host, outcome);
            outcomes.put(work.host, outcome);
        }
        return outcomes;
    }

    /** Carries out all items that do not wait for a stage. */
    private void converge() {
        for (int pass = 0; pass < MAX_PASSES && fleet.timeLeft(); pass++) {
            if (carryOut(HostRun::unguarded) || carryOut(work -> mayRunNow(work.firstAttempts()))) continue;
            if (state.active()
                    .allMatch(work -> mayRunNow(work.remaining.items()).isEmpty())) break;
            settle();
            if (anyFirstAttempt()) continue;
            if (!carryOut(work -> mayRunNow(work.retries()))) break;
        }
    }

    private List<HostPlan.Item> mayRunNow(List<HostPlan.Item> items) {
        return items.stream().filter(staging::mayRunNow).toList();
    }

    @Override
    public Map<Host, List<String>> worse(Collection<Host> hosts) {
        return comparison.worse(hosts, published(), host -> state.run(host).answers);
    }

    @Override
    public boolean carryOut(Function<HostRun, List<HostPlan.Item>> choice) {
        List<Host> busy = state.hosts(work -> !choice.apply(work).isEmpty());
        if (busy.isEmpty()) return false;
        // With these nothing is left, as far as is known: what is seen then is what the change is confirmed by.
        List<Host> last = stages.equals(Stages.NONE)
                ? state.hosts(work -> !work.remaining.isEmpty()
                        && choice.apply(work).size() == work.remaining.items().size())
                : List.of();
        fleet.each(
                busy,
                host -> {
                    steps.carryOut(state.run(host), choice.apply(state.run(host)));
                    return true;
                },
                (host, lost) -> {
                    state.end(host, new Outcome.Unreachable(lost.why()));
                    return false;
                });
        confirmation.stepsEnded(state.hosts(work -> last.contains(work.host)));
        state.probe(state.hosts(work -> busy.contains(work.host)));
        decide();
        return true;
    }

    /**
     * Probes repeatedly while something differs that may only need time, such as an IPv6 address in duplicate address
     * detection (RFC 4862, section 5.4).
     */
    private void settle() {
        SettleTime.Deadline deadline = settling.start();
        while (deadline.waitForNextProbe() && fleet.timeLeft()) {
            List<Host> differing = state.hosts(this::maySettle);
            if (differing.isEmpty()) return;
            state.probe(differing);
            decide();
            if (anyFirstAttempt()) return;
        }
    }

    private boolean anyFirstAttempt() {
        return state.active().anyMatch(work -> !mayRunNow(work.firstAttempts()).isEmpty());
    }

    /** Whether the host was changed and something still differs that waits for neither an unknown value nor a stage. */
    private boolean maySettle(HostRun work) {
        return work.changed && mayRunNow(work.remaining.items()).stream().anyMatch(HostPlan.Item::ready);
    }

    @Override
    public void probeAgain(Collection<Host> hosts) {
        state.probe(hosts);
        decide();
    }

    @Override
    public void decide() {
        state.decide(stages, staging.drained());
    }

    @Override
    public Map<String, List<String>> unhealthy(Collection<String> hosts, Collection<String> paths) {
        List<Host> asked = state.hosts(work -> hosts.contains(work.host.name()));
        return comparison.unhealthy(asked, paths, published(), settling.forNewSession());
    }

    @Override
    public String noOtherWay(Stages.Stage stage, Set<String> drained) {
        SettleTime.Deadline deadline = settling.forNewSession().start();
        // Whether another host takes over, the roles of a pair and the members of a service say.
        if (stage.paths().stream().allMatch(path -> planner.ends(path).size() < 2)) return "";
        while (true) {
            String why = state.active()
                    .filter(work -> stage.hosts().contains(work.host.name()))
                    .flatMap(
                            work -> traffic.lost(work.host, published(), work.answers, stage.paths(), drained).stream())
                    .findFirst()
                    .orElse("");
            if (why.isEmpty() || !fleet.timeLeft() || !deadline.waitForNextProbe()) return why;
            probeAgain(state.hosts(work -> stage.hosts().contains(work.host.name())));
        }
    }

    @Override
    public boolean active(Collection<String> hosts) {
        return state.all().stream()
                .filter(work -> hosts.contains(work.host.name()))
                .allMatch(HostRun::active);
    }

    @Override
    public void fail(Collection<String> hosts, String what, String why) {
        for (HostRun work : state.all()) {
            if (hosts.contains(work.host.name())) state.end(work.host, new Outcome.Failed(work.done(), what, why));
        }
    }

    @Override
    public String id() {
        return guards.runId();
    }

    @Override
    public Published published() {
        return state.published();
    }

    @Override
    public void close() {
        guards.close();
        fleet.close();
    }
}
