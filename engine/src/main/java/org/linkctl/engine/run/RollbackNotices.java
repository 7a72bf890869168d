package org.linkctl.engine.run;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.linkctl.engine.Events;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.GuardFailure;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.engine.guard.PastRun;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;

/** Reports runs that hosts have undone by themselves while linkctl was not connected. */
final class RollbackNotices {
    private final Events events;
    private final Safety safety;
    private final String present;
    private final Map<Host, Set<String>> unreported = new ConcurrentHashMap<>();

    RollbackNotices(Events events, Safety safety, String present) {
        this.events = events;
        this.safety = safety;
        this.present = present;
    }

    /** Reports each undone run once. */
    void report(Host host, Answers answers) {
        Set<String> known = unreported.computeIfAbsent(host, _ -> new HashSet<>());
        for (PastRun run : HostGuard.pastRuns(safety, host.name(), answers)) {
            if (run.id().equals(present) || run.reported() || !run.undone() || !known.add(run.id())) continue;
            events.notice(host, "the change of run " + run.id() + by(run) + " was rolled back: " + run.why());
        }
    }

    private static String by(PastRun run) {
        String who = run.about().get("who");
        return who == null ? "" : " by " + who;
    }

    private void markReported(Host host, Guards guards, String run) {
        try {
            guards.of(host).markReported(run);
        } catch (Unreachable | GuardFailure e) {
            events.trace(host, String.valueOf(e.getMessage())); // The next run reports it again.
        }
    }

    /** Records on the hosts that the undone runs were reported. */
    void markReported(Collection<Host> hosts, Guards guards) {
        for (Host host : hosts) {
            for (String run : new TreeSet<>(unreported.getOrDefault(host, Set.of()))) markReported(host, guards, run);
        }
    }
}
