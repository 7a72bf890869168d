package org.linkctl.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;

/**
 * The end of a run: each changed host is confirmed over a new connection if it is as declared and its links are no
 * worse than before. The others undo their change.
 */
final class Confirmation {
    /** How old what is confirmed by may be. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Fleet fleet;
    private final Guards guards;
    private final Prober prober;
    private final RunState state;
    private final Map<Host, HostRun> works;
    private final SettleTime settling;
    /** The hosts that have to undo their change, and why. */
    private final Map<Host, String> toUndo = new LinkedHashMap<>();

    private final HostUndo undo;
    /** When the last steps ended on any host, by {@link System#nanoTime}. */
    private long stepsEnded;

    /** How hosts are probed once more. */
    interface Prober {
        /** Probes hosts and plans them anew. */
        void probeAgain(Collection<Host> hosts);

        /** What was good on each host before the change and is bad by the last probe. */
        Map<Host, List<String>> worse(Collection<Host> hosts);
    }

    Confirmation(Fleet fleet, Guards guards, Prober prober, RunState state, SettleTime settling) {
        this.fleet = fleet;
        this.guards = guards;
        this.prober = prober;
        this.state = state;
        this.works = state.byHost();
        this.settling = settling;
        this.undo = new HostUndo(fleet, guards, works, toUndo);
    }

    /**
     * Called where steps have ended. Makes the connections over which these hosts are looked at next new ones: so one look
     * shows both what is left to do and what the change is confirmed by. A host that cannot be connected to ends here.
     *
     * @param hosts those on which nothing is left to do, as far as is known; not all of them may have to be confirmed
     */
    void stepsEnded(List<Host> hosts) {
        stepsEnded = System.nanoTime();
        List<Host> armed = guards.armed();
        List<Host> changed = hosts.stream().filter(armed::contains).toList();
        connect(changed).forEach((host, why) -> state.end(host, new Outcome.Unreachable(why)));
    }

    void conclude() {
        toUndo.clear();
        guards.stopKeepalives();
        Set<Host> waiting = new LinkedHashSet<>(guards.armed());
        for (Host host : waiting) {
            work(host).ended.ifPresent(why -> toUndo.put(host, why(why)));
        }
        toUndo.putAll(connect(rest(waiting).stream()
                .filter(host -> !work(host).connectedSince(stepsEnded))
                .toList()));
        guards.resumeKeepalives(rest(waiting));
        toUndo.putAll(differing(rest(waiting)));
        Set<Host> undone = new LinkedHashSet<>();
        do {
            undo.undo(toUndo.keySet().stream().filter(undone::add).toList());
            withoutPartner(rest(waiting)).forEach(toUndo::putIfAbsent);
            worse(rest(waiting)).forEach(toUndo::putIfAbsent);
        } while (!undone.containsAll(toUndo.keySet()));
        confirm(rest(waiting));
    }

    private HostRun work(Host host) {
        return java.util.Objects.requireNonNull(works.get(host));
    }

    private List<Host> rest(Set<Host> waiting) {
        return waiting.stream().filter(host -> !toUndo.containsKey(host)).toList();
    }

    /** Those that differ, and still do after some time: a watcher may be changing what it found just then. */
    private Map<Host, String> differing(List<Host> hosts) {
        SettleTime.Deadline deadline = settling.start();
        // Other answers came over the old connection, or may be minutes old.
        boolean seen = hosts.stream().allMatch(host -> work(host).seenSince(stepsEnded, FRESH));
        while (true) {
            if (!seen) prober.probeAgain(hosts);
            seen = false;
            Map<Host, String> out = new LinkedHashMap<>();
            for (Host host : hosts) judge(work(host)).ifPresent(why -> out.put(host, why));
            boolean mayYetSettle =
                    out.keySet().stream().anyMatch(host -> work(host).active());
            if (!mayYetSettle || !fleet.timeLeft() || !deadline.waitForNextProbe()) return out;
            fleet.each(hosts, host -> guards.of(host).keepAlive(), (host, lost) -> false);
        }
    }

    /**
     * Makes new connections: the old one does not show that a new one can be made.
     *
     * @return of each host to which there is none, or whose guard does not wait any more, why
     */
    private Map<Host, String> connect(List<Host> hosts) {
        Duration within = guards.safety().confirmWithin().dividedBy(2);
        Map<Host, String> out = new LinkedHashMap<>(fleet.each(
                hosts,
                host -> {
                    fleet.connection(host).reconnect(within);
                    HostGuard guard = guards.of(host);
                    if (guard.keepAlive()) {
                        work(host).connected();
                        return "";
                    }
                    return guard.thisRun()
                            .map(PastRun::why)
                            .filter(said -> !said.isEmpty())
                            .orElse("its guard gives no answer");
                },
                (host, lost) -> "no new connection to it within " + within.toSeconds() + " s: " + lost.why()));
        out.values().removeIf(String::isEmpty);
        return out;
    }

    private static Optional<String> judge(HostRun work) {
        if (work.ended.isPresent()) return work.ended.map(Confirmation::why);
        return OutcomeReasons.differing(work);
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            // What it printed, or put into a file, stays with whoever runs it: a reason is an argument of a process
            // there.
            case Outcome.Failed failed ->
                "a step failed: " + failed.step().lines().findFirst().orElse("");
            case Outcome.Unreachable(String why) -> why;
            case Outcome.Refused refused -> refused.why();
            default -> outcome.toString();
        };
    }

    /**
     * Hosts of which a partner has failed. The link's health does not show it: with different keys at its ends it looks
     * well until its session expires.
     */
    private Map<Host, String> withoutPartner(List<Host> hosts) {
        Set<String> lost = works.values().stream()
                .filter(work -> !work.active() || toUndo.containsKey(work.host))
                .map(work -> work.host.name())
                .collect(Collectors.toSet());
        Map<Host, String> out = new LinkedHashMap<>();
        for (Host host : hosts) {
            partners(host, lost)
                    .findFirst()
                    .ifPresent(partner -> out.put(host, partner + ", which had to change in the same run, did not"));
        }
        return out;
    }

    /**
     * The partners of a host among these: those that its items name, those whose items name it for the same resource, and
     * those at the other end of a path that was made at both ends. A path of which one end alone exists carries nothing,
     * and a route that distributes traffic over it loses that share.
     */
    private Stream<String> partners(Host host, Set<String> among) {
        List<HostPlan.Item> done = work(host).done().items();
        Set<String> things = done.stream().map(HostPlan.Item::genericId).collect(Collectors.toSet());
        Stream<String> named = done.stream().flatMap(item -> item.partners().stream());
        Stream<String> naming = works.values().stream()
                .filter(other -> other.done().items().stream()
                        .anyMatch(item -> item.partners().contains(host.name()) && things.contains(item.genericId())))
                .map(other -> other.host.name());
        Set<String> paths = made(work(host));
        Stream<String> facing = works.values().stream()
                .filter(other -> !other.host.equals(host) && !Collections.disjoint(made(other), paths))
                .map(other -> other.host.name());
        return Stream.of(named, naming, facing).flatMap(hosts -> hosts).filter(among::contains);
    }

    /** The paths of which an end was made in this run. */
    private static Set<String> made(HostRun work) {
        return work.done().items().stream()
                .filter(item -> !item.paths().exists())
                .flatMap(item -> item.paths().path().stream())
                .collect(Collectors.toSet());
    }

    /**
     * Hosts that are worse than before. Links get some time to recover: a handshake may be due only after some seconds.
     */
    private Map<Host, String> worse(List<Host> hosts) {
        SettleTime.Deadline deadline = settling.start();
        while (true) {
            Map<Host, String> out = new LinkedHashMap<>();
            prober.worse(hosts).forEach((host, what) -> {
                if (!what.isEmpty()) out.put(host, "worse than before: " + String.join("; ", what));
            });
            if (out.isEmpty() || !fleet.timeLeft() || !deadline.waitForNextProbe()) return out;
            fleet.each(hosts, host -> guards.of(host).keepAlive(), (host, lost) -> false);
            // All hosts: the state of one may depend on what another publishes.
            prober.probeAgain(hosts);
        }
    }

    private void confirm(List<Host> hosts) {
        List<Host> late = new ArrayList<>();
        fleet.each(
                        hosts,
                        host -> {
                            try {
                                guards.of(host).confirm();
                                fleet.events().confirmed(host);
                                return "";
                            } catch (GuardFailure e) {
                                return String.valueOf(e.getMessage());
                            }
                        },
                        (host, lost) -> lost.why())
                .forEach((host, why) -> {
                    if (why.isEmpty()) return;
                    toUndo.put(host, why);
                    late.add(host);
                });
        undo.undo(late);
        if (!late.isEmpty()) undoWithPartners(hosts);
    }

    /**
     * A host that has confirmed while its partner could not is undone as well. If linkctl is killed before that, the
     * next run repairs the link.
     */
    private void undoWithPartners(List<Host> hosts) {
        Set<Host> tried = new LinkedHashSet<>();
        while (true) {
            Map<Host, String> alone = withoutPartner(hosts.stream()
                    .filter(host -> work(host).active() && !toUndo.containsKey(host) && !tried.contains(host))
                    .toList());
            if (alone.isEmpty()) return;
            tried.addAll(alone.keySet());
            toUndo.putAll(alone);
            undo.revert(List.copyOf(alone.keySet()));
            alone.forEach((host, why) -> {
                HostRun work = work(host);
                if (work.active())
                    work.ended = Optional.of(new Outcome.Failed(work.done(), "undoing it", why + "; it stays changed"));
            });
        }
    }
}
