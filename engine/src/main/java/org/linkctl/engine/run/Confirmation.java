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
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;

/**
 * The end of a run: each changed host is confirmed over a new connection, if it is as wanted and its links are no worse
 * than before; any other one undoes what was done.
 */
final class Confirmation {
    /** How long undoing itself may take. */
    private static final Duration UNDOING = Duration.ofMinutes(2);

    private final Fleet fleet;
    private final Guards guards;
    private final Eyes eyes;
    private final Map<Host, Work> works;
    private final Settling settling;
    private final Map<Host, String> condemned = new LinkedHashMap<>();

    /** How a run looks at hosts. */
    interface Eyes {
        /** Asks hosts, and judges what was answered. */
        void lookAgain(Collection<Host> hosts);

        /** What was good on a host before it was touched, and is bad now; by what was answered when it was looked at. */
        Map<Host, List<String>> worse(Collection<Host> hosts);
    }

    Confirmation(Fleet fleet, Guards guards, Eyes eyes, Map<Host, Work> works, Settling settling) {
        this.fleet = fleet;
        this.guards = guards;
        this.eyes = eyes;
        this.works = works;
        this.settling = settling;
    }

    void conclude() {
        guards.stopKeeping();
        Set<Host> waiting = new LinkedHashSet<>(guards.armed());
        for (Host host : waiting) {
            work(host).ended.ifPresent(why -> condemned.put(host, why(why)));
        }
        comeBack(rest(waiting));
        guards.keepOn(rest(waiting));
        // What was seen after the last step was seen by the way there was before, and may be minutes old.
        eyes.lookAgain(rest(waiting));
        for (Host host : rest(waiting)) judge(work(host)).ifPresent(why -> condemned.put(host, why));
        Set<Host> gone = new LinkedHashSet<>();
        do {
            undo(condemned.keySet().stream().filter(gone::add).toList());
            widowed(rest(waiting)).forEach(condemned::putIfAbsent);
            worse(rest(waiting)).forEach(condemned::putIfAbsent);
        } while (!gone.containsAll(condemned.keySet()));
        confirm(rest(waiting));
    }

    private Work work(Host host) {
        return java.util.Objects.requireNonNull(works.get(host));
    }

    private List<Host> rest(Set<Host> waiting) {
        return waiting.stream().filter(host -> !condemned.containsKey(host)).toList();
    }

    /** That the old connection still works tells nothing of whether anybody could come again. */
    private void comeBack(List<Host> hosts) {
        Duration within = guards.safety().confirmWithin().dividedBy(2);
        fleet.each(
                        hosts,
                        host -> {
                            fleet.connection(host).renew(within);
                            HostGuard guard = guards.of(host);
                            if (guard.alive()) return "";
                            return guard.present()
                                    .map(PastRun::why)
                                    .filter(said -> !said.isEmpty())
                                    .orElse("its guard gives no answer");
                        },
                        (host, lost) -> "no new connection to it within " + within.toSeconds() + " s: " + lost.why())
                .forEach((host, why) -> {
                    if (!why.isEmpty()) condemned.put(host, why);
                });
    }

    private static Optional<String> judge(Work work) {
        if (work.ended.isPresent()) return work.ended.map(Confirmation::why);
        return Unfinished.differing(work);
    }

    private static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed(HostPlan _, String step, String output) -> "a step failed: " + step + "\n" + output;
            case Outcome.Unreachable(String why) -> why;
            case Outcome.Refused refused -> refused.why();
            default -> outcome.toString();
        };
    }

    /** A link whose ends differ may look well until its session ends, so a partner's end counts, not the link's health. */
    private Map<Host, String> widowed(List<Host> hosts) {
        Set<String> lost = works.values().stream()
                .filter(work -> !work.active() || condemned.containsKey(work.host))
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
     * Those of a host among these: the ends that it named, those that named it for what it has changed, too, and those at
     * the other end of a path that was made at both. Of such a path one end alone carries nothing, and a route that
     * spreads over it loses its share.
     */
    private Stream<String> partners(Host host, Set<String> among) {
        List<HostPlan.Item> done = work(host).done().items();
        Set<String> things = done.stream().map(HostPlan.Item::thing).collect(Collectors.toSet());
        Stream<String> named = done.stream().flatMap(item -> item.partners().stream());
        Stream<String> naming = works.values().stream()
                .filter(other -> other.done().items().stream()
                        .anyMatch(item -> item.partners().contains(host.name()) && things.contains(item.thing())))
                .map(other -> other.host.name());
        Set<String> paths = made(work(host));
        Stream<String> facing = works.values().stream()
                .filter(other -> !other.host.equals(host) && !Collections.disjoint(made(other), paths))
                .map(other -> other.host.name());
        return Stream.of(named, naming, facing).flatMap(hosts -> hosts).filter(among::contains);
    }

    /** The paths of which an end was made in this run. */
    private static Set<String> made(Work work) {
        return work.done().items().stream()
                .filter(item -> !item.ways().exists())
                .flatMap(item -> item.ways().path().stream())
                .collect(Collectors.toSet());
    }

    /** Links get a while to come back: a handshake may be due only after some seconds. */
    private Map<Host, String> worse(List<Host> hosts) {
        Settling.Watch watch = settling.start();
        while (true) {
            Map<Host, String> out = new LinkedHashMap<>();
            eyes.worse(hosts).forEach((host, what) -> {
                if (!what.isEmpty()) out.put(host, "worse than before: " + String.join("; ", what));
            });
            if (out.isEmpty() || !fleet.timeLeft() || !watch.goesOn()) return out;
            fleet.each(hosts, host -> guards.of(host).alive(), (host, lost) -> false);
            // All of them: one may be judged by what another one tells.
            eyes.lookAgain(hosts);
        }
    }

    private void undo(List<Host> hosts) {
        back(hosts, this::fire);
    }

    /** Has hosts go back in some way, waits until they have, and says so there and here. */
    private void back(List<Host> hosts, BiConsumer<Host, HostGuard> way) {
        Duration within = guards.safety().confirmWithin().plus(UNDOING);
        Map<Host, Optional<PastRun>> undone = fleet.each(
                hosts,
                host -> {
                    HostGuard guard = guards.of(host);
                    way.accept(host, guard);
                    Optional<PastRun> past = guard.undone(within);
                    past.filter(PastRun::undone).ifPresent(run -> told(host, guard, run));
                    return past;
                },
                (host, lost) -> Optional.empty());
        undone.forEach(this::concluded);
    }

    /** Where this fails the next run tells once more. */
    private void told(Host host, HostGuard guard, PastRun run) {
        try {
            guard.told(run.id());
        } catch (Unreachable | GuardFailure e) {
            fleet.events().trace(host, String.valueOf(e.getMessage()));
        }
    }

    private void fire(Host host, HostGuard guard) {
        try {
            guard.fire(String.valueOf(condemned.get(host)));
        } catch (Unreachable | GuardFailure e) {
            fleet.events().trace(host, e.getMessage() + "; it undoes the change by itself");
        }
    }

    /** What was confirmed a moment ago is undone all the same, unless somebody else has the host by now. */
    private void revert(Host host, HostGuard guard) {
        try {
            Optional<String> holder = guard.lock();
            if (holder.isEmpty()) guard.revert(guards.run(), String.valueOf(condemned.get(host)));
            else fleet.events().notice(host, "stays changed, since somebody is at work there: " + holder.get());
        } catch (Unreachable | GuardFailure e) {
            fleet.events().notice(host, "stays changed: " + e.getMessage());
        }
    }

    private void concluded(Host host, Optional<PastRun> past) {
        Work work = work(host);
        if (past.filter(PastRun::confirmed).isPresent()) {
            condemned.remove(host); // It was, and only its answer was lost.
        } else if (work.ended.isEmpty() || past.filter(PastRun::idle).isEmpty()) {
            work.ended = Optional.of(rolledBack(host, past));
        }
    }

    private Outcome rolledBack(Host host, Optional<PastRun> past) {
        String why = String.valueOf(condemned.get(host));
        if (past.isPresent() && past.get().partly()) {
            return new Outcome.Failed(
                    work(host).done(), "undoing it", why + "\n" + past.get().why());
        }
        if (past.isPresent() && past.get().undone())
            return new Outcome.RolledBack(work(host).done(), why);
        boolean idle = past.isPresent() && past.get().idle();
        if (idle) return new Outcome.Unreachable(why);
        String unseen = "\nWhether the host has undone the change could not be seen; it does so by itself within "
                + guards.safety().confirmWithin().toSeconds() + " s.";
        // That it cannot be reached is not why it went back.
        if (work(host).ended.orElse(null) instanceof Outcome.Failed(HostPlan plan, String step, String output))
            return new Outcome.Failed(plan, step, output + unseen);
        return new Outcome.Unreachable(why + unseen);
    }

    private void confirm(List<Host> hosts) {
        List<Host> late = new ArrayList<>();
        fleet.each(
                        hosts,
                        host -> {
                            try {
                                guards.of(host).confirm();
                                return "";
                            } catch (GuardFailure e) {
                                return String.valueOf(e.getMessage());
                            }
                        },
                        (host, lost) -> lost.why())
                .forEach((host, why) -> {
                    if (why.isEmpty()) return;
                    condemned.put(host, why);
                    late.add(host);
                });
        undo(late);
        if (!late.isEmpty()) withPartners(hosts);
    }

    /** A host that was confirmed beside a partner that was not goes back, too. Killed before that, the next run mends it. */
    private void withPartners(List<Host> hosts) {
        Set<Host> tried = new LinkedHashSet<>();
        while (true) {
            Map<Host, String> alone = widowed(hosts.stream()
                    .filter(host -> work(host).active() && !condemned.containsKey(host) && !tried.contains(host))
                    .toList());
            if (alone.isEmpty()) return;
            tried.addAll(alone.keySet());
            condemned.putAll(alone);
            back(List.copyOf(alone.keySet()), this::revert);
            alone.forEach((host, why) -> {
                Work work = work(host);
                if (work.active())
                    work.ended = Optional.of(new Outcome.Failed(work.done(), "undoing it", why + "; it stays changed"));
            });
        }
    }
}
