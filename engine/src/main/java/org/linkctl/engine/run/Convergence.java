package org.linkctl.engine.run;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Run;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;

/** Brings hosts to what is wanted, in as many passes as it takes until nothing is left that could be done. */
public final class Convergence implements Run, Confirmation.Eyes, Staging.Hands {
    private static final int MOST_PASSES = 10;

    private static final Duration FRESH = Duration.ofSeconds(30);

    private final Judge judge;
    private final Carrying carrying;
    private final Fleet fleet;
    private final StepRunner steps;
    private final Settling settling;
    private final Map<Host, Work> works = new LinkedHashMap<>();
    private final Sight sight;
    private final Map<Host, String> silentPeers = new LinkedHashMap<>();
    private final Guards guards;
    private final Comparison comparison;
    private final News news;
    private boolean planned;
    private long seen;
    private boolean reserved;
    /** Somebody else has one of the hosts: nothing is done on any of them. */
    private boolean held;

    private Stages stages = Stages.NONE;
    private Staging staging = new Staging(stages, this);

    public Convergence(Judge judge, Fleet fleet, Safety safety) {
        this(judge, fleet, safety, Settling.USUAL);
    }

    Convergence(Judge judge, Fleet fleet, Safety safety, Settling settling) {
        this.judge = judge;
        this.carrying = new Carrying(judge);
        this.fleet = fleet;
        this.guards = new Guards(fleet, safety);
        this.steps = new StepRunner(fleet, guards);
        this.comparison = new Comparison(judge, fleet);
        this.news = new News(fleet.events(), safety, guards.run());
        this.settling = settling;
        this.sight = new Sight(judge, fleet, safety);
    }

    @Override
    public Map<Host, Outcome> plan() {
        works.clear();
        silentPeers.clear();
        for (Host host : judge.selected()) works.put(host, new Work(host));
        look(Stream.concat(works.keySet().stream(), judge.peers().stream()).toList());
        seen = System.nanoTime();
        planned = true;
        order();
        return outlook();
    }

    private Map<Host, Outcome> outlook() {
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        for (Work work : works.values()) {
            if (work.active()) fleet.events().planned(work.host, work.left);
            Outcome outcome = work.outlook();
            fleet.events().ended(work.host, outcome);
            outcomes.put(work.host, outcome);
        }
        return outcomes;
    }

    @Override
    public Map<Host, Outcome> reserve() {
        if (!planned) plan();
        if (reserved) return outlook();
        reserved = true;
        if (active().allMatch(work -> work.left.isEmpty())) return outlook();
        held = false;
        // All of them: what differs nowhere now may do so once the run that is at work there has ended.
        guards.reserve(hosts(work -> true)).forEach(this::refused);
        if (held) return outlook();
        // What was seen a moment ago need not be asked again, unless another run was here meanwhile.
        boolean old = System.nanoTime() - seen > FRESH.toNanos();
        look(hosts(work -> old || guards.movedSince(work.host, work.answers)));
        decide();
        List<Host> changing = hosts(work -> !work.left.isEmpty());
        news.noted(changing, guards);
        comparison.before(changing, published(), host -> work(host).answers);
        order();
        return outlook();
    }

    private void refused(Host host, Outcome why) {
        held |= why instanceof Outcome.Locked;
        // That a host keeps nothing matters only where something is to be kept.
        if (!(why instanceof Outcome.Refused) || !work(host).left.isEmpty()) end(host, why);
    }

    private void order() {
        stages = Stages.NONE;
        decide();
        stages = Order.of(
                active().map(work -> carrying.seen(work.left, published(), work.answers))
                        .toList(),
                judge::ends);
        staging = new Staging(stages, this);
        decide();
    }

    @Override
    public Stages stages() {
        return stages;
    }

    @Override
    public Map<Host, List<HostPlan.Warning>> warnings() {
        Map<Host, List<HostPlan.Warning>> out = new LinkedHashMap<>();
        for (Work work : works.values()) {
            if (!work.left.warnings().isEmpty()) out.put(work.host, work.left.warnings());
        }
        return out;
    }

    @Override
    public Map<Host, Outcome> apply() {
        if (!reserved) reserve();
        if (held) return outlook();
        staging.begin();
        do converge();
        while (fleet.timeLeft() && staging.next());
        new Confirmation(fleet, guards, this, works, settling).conclude();
        guards.unlock();
        new NewPaths(works.values(), stages, judge::ends).tell(fleet.events(), comparison, published(), settling);
        planned = false;
        reserved = false;
        Map<Host, Outcome> outcomes = new LinkedHashMap<>();
        for (Work work : works.values()) {
            Outcome outcome = work.outcome(Unfinished.why(work, silentPeers, works.values()));
            fleet.events().ended(work.host, outcome);
            outcomes.put(work.host, outcome);
        }
        return outcomes;
    }

    /** Whatever need not wait for a stage. */
    private void converge() {
        for (int pass = 0; pass < MOST_PASSES && fleet.timeLeft(); pass++) {
            if (carryOut(Work::harmless) || carryOut(work -> free(work.fresh()))) continue;
            if (active().allMatch(work -> free(work.left.items()).isEmpty())) break;
            settle();
            if (anyFresh()) continue;
            if (!carryOut(work -> free(work.again()))) break;
        }
    }

    private List<HostPlan.Item> free(List<HostPlan.Item> items) {
        return items.stream().filter(staging::free).toList();
    }

    @Override
    public Map<Host, List<String>> worse(Collection<Host> hosts) {
        return comparison.worse(hosts, published(), host -> work(host).answers);
    }

    @Override
    public boolean carryOut(Function<Work, List<HostPlan.Item>> choice) {
        List<Host> busy = hosts(work -> !choice.apply(work).isEmpty());
        if (busy.isEmpty()) return false;
        fleet.each(
                busy,
                host -> {
                    steps.carryOut(work(host), choice.apply(work(host)));
                    return true;
                },
                (host, lost) -> end(host, new Outcome.Unreachable(lost.why())));
        look(hosts(work -> busy.contains(work.host)));
        decide();
        return true;
    }

    /** Looks again and again while something differs that may only need time. */
    private void settle() {
        Settling.Watch watch = settling.start();
        while (watch.goesOn() && fleet.timeLeft()) {
            List<Host> differing = hosts(this::maySettle);
            if (differing.isEmpty()) return;
            look(differing);
            decide();
            if (anyFresh()) return;
        }
    }

    private Stream<Work> active() {
        return works.values().stream().filter(Work::active);
    }

    private List<Host> hosts(Predicate<Work> which) {
        return active().filter(which).map(work -> work.host).toList();
    }

    private boolean anyFresh() {
        return active().anyMatch(work -> !free(work.fresh()).isEmpty());
    }

    /** Something was done here, and something differs still that need not wait for something unknown, or its stage. */
    private boolean maySettle(Work work) {
        return work.touched && free(work.left.items()).stream().anyMatch(HostPlan.Item::ready);
    }

    @Override
    public void lookAgain(Collection<Host> hosts) {
        look(hosts);
        decide();
    }

    /** Asks hosts, side by side, and keeps their answers and what they publish. */
    private void look(Collection<Host> hosts) {
        sight.look(
                hosts,
                (host, answers) -> {
                    Work work = works.get(host);
                    if (work != null) work.answers = answers;
                    news.tell(host, answers);
                },
                this::end);
    }

    /** Judges the answers there are by what is published now. Who falls out takes its partners' share with it. */
    @Override
    public void decide() {
        Set<String> atWork;
        do {
            atWork = active().map(work -> work.host.name()).collect(Collectors.toSet());
            for (Work work : active().toList()) decide(work, atWork);
        } while (active().count() < atWork.size());
        BothEnds.hold(active().toList());
    }

    private void decide(Work work, Set<String> atWork) {
        try {
            work.left = stages.shown(judge.plan(work.host, published(), work.answers, staging.drained(), atWork));
            work.left.refusals().ifPresent(why -> end(work.host, new Outcome.Refused(why, Optional.of(work.left))));
        } catch (Refused e) {
            end(work.host, new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }

    @Override
    public Map<String, List<String>> ailing(Collection<String> hosts, Collection<String> paths) {
        List<Host> asked = hosts(work -> hosts.contains(work.host.name()));
        return comparison.ailing(asked, paths, published(), settling.patient());
    }

    @Override
    public boolean active(Collection<String> hosts) {
        return works.values().stream()
                .filter(work -> hosts.contains(work.host.name()))
                .allMatch(Work::active);
    }

    @Override
    public void fail(Collection<String> hosts, String what, String why) {
        for (Work work : works.values()) {
            if (hosts.contains(work.host.name())) end(work.host, new Outcome.Failed(work.done(), what, why));
        }
    }

    private boolean end(Host host, Outcome why) {
        Work work = works.get(host);
        if (work == null) silentPeers.put(host, Unfinished.why(why));
        else if (work.active()) work.ended = Optional.of(why);
        return false;
    }

    private Work work(Host host) {
        return java.util.Objects.requireNonNull(works.get(host), host.name());
    }

    @Override
    public String id() {
        return guards.run();
    }

    @Override
    public Published published() {
        return sight.published();
    }

    @Override
    public void close() {
        guards.close();
        fleet.close();
    }
}
