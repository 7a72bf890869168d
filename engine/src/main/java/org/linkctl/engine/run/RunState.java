package org.linkctl.engine.run;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Stages;
import org.linkctl.model.Host;
import org.linkctl.spi.Published;
import org.linkctl.spi.Refused;

/** The hosts of a run: what the last probe found, what is left to do on each, and which have ended. */
final class RunState {
    private final RunPlanner planner;
    private final HostProbe probe;
    private final RollbackNotices notices;
    private final Map<Host, HostRun> works = new LinkedHashMap<>();
    /** The names of hosts that are not read yet: nothing is known against them. */
    private final Set<String> unread = new HashSet<>();
    /** In one order, whichever of them failed first. */
    private final Map<Host, String> failedPeers = new TreeMap<>(Comparator.comparing(Host::name));

    RunState(RunPlanner planner, HostProbe probe, RollbackNotices notices) {
        this.planner = planner;
        this.probe = probe;
        this.notices = notices;
    }

    /**
     * Begins anew: probes the selected hosts, and their peers for what they publish.
     *
     * @param arrivals is told of each
     */
    void start(Fleet.Arrivals arrivals) {
        works.clear();
        failedPeers.clear();
        for (Host host : planner.selected()) works.put(host, new HostRun(host));
        probe(Stream.concat(works.keySet().stream(), planner.peers().stream()).toList(), arrivals);
    }

    /** These hosts alone, as they were read; what becomes of them there changes nothing here. */
    RunState only(Collection<Host> hosts) {
        RunState out = new RunState(planner, probe, notices);
        works.forEach((host, work) -> {
            if (hosts.contains(host)) out.works.put(host, work.read());
            else if (work.active()) out.unread.add(host.name());
        });
        return out;
    }

    Map<Host, HostRun> byHost() {
        return works;
    }

    Collection<HostRun> all() {
        return works.values();
    }

    HostRun run(Host host) {
        return Objects.requireNonNull(works.get(host), host.name());
    }

    /** Those whose run has not ended. */
    Stream<HostRun> active() {
        return works.values().stream().filter(HostRun::active);
    }

    /** The active hosts of which this is true. */
    List<Host> hosts(Predicate<HostRun> which) {
        return active().filter(which).map(work -> work.host).toList();
    }

    /** Hosts that are probed only for what they publish and could not be, and why. */
    Map<Host, String> failedPeers() {
        return failedPeers;
    }

    Published published() {
        return probe.published();
    }

    /** Probes hosts in parallel, and keeps their answers and what they publish. */
    void probe(Collection<Host> hosts) {
        probe(hosts, Fleet.Arrivals.NOBODY);
    }

    private void probe(Collection<Host> hosts, Fleet.Arrivals arrivals) {
        probe.probe(
                hosts,
                (host, answers) -> {
                    HostRun work = works.get(host);
                    if (work != null) work.answered(answers);
                    notices.report(host, answers);
                },
                this::end,
                arrivals);
    }

    /**
     * Plans all active hosts anew, from the last answers and what is published now. A host that is refused ends here; its
     * partners are planned once more without it.
     *
     * @param drained paths that carry no traffic at present
     */
    void decide(Stages stages, Set<String> drained) {
        Stages.Moved moved = stages.moved();
        long before;
        do {
            Set<String> changeable = new HashSet<>(unread);
            active().forEach(work -> changeable.add(work.host.name()));
            before = active().count();
            Published published = published();
            for (HostRun work : active().toList()) decide(work, moved, published, drained, changeable);
        } while (active().count() < before);
        PairedChanges.hold(active().toList());
    }

    private void decide(
            HostRun work, Stages.Moved moved, Published published, Set<String> drained, Set<String> changeable) {
        try {
            work.remaining = moved.annotate(planner.plan(work.host, published, work.answers, drained, changeable));
            work.remaining
                    .refusals()
                    .ifPresent(why -> end(work.host, new Outcome.Refused(why, Optional.of(work.remaining))));
        } catch (Refused e) {
            end(work.host, new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }

    /** Ends the run of a host, if it has not ended before. */
    void end(Host host, Outcome why) {
        HostRun work = works.get(host);
        if (work == null) failedPeers.put(host, OutcomeReasons.of(why));
        else if (work.active()) work.ended = Optional.of(why);
    }
}
