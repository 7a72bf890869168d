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

/** What hosts did by themselves while nobody was listening. */
final class News {
    private final Events events;
    private final Safety safety;
    private final String present;
    private final Map<Host, Set<String>> untold = new ConcurrentHashMap<>();

    News(Events events, Safety safety, String present) {
        this.events = events;
        this.safety = safety;
        this.present = present;
    }

    /** Tells of each run once. */
    void tell(Host host, Answers answers) {
        Set<String> known = untold.computeIfAbsent(host, _ -> new HashSet<>());
        for (PastRun run : HostGuard.past(safety, host.name(), answers)) {
            if (run.id().equals(present) || run.told() || !run.undone() || !known.add(run.id())) continue;
            events.notice(host, "the change of run " + run.id() + by(run) + " was rolled back: " + run.why());
        }
    }

    private static String by(PastRun run) {
        String who = run.about().get("who");
        return who == null ? "" : " by " + who;
    }

    private void noted(Host host, Guards guards, String run) {
        try {
            guards.of(host).told(run);
        } catch (Unreachable | GuardFailure e) {
            events.trace(host, String.valueOf(e.getMessage())); // Then the next run tells once more.
        }
    }

    /** From now on nobody need be told again. */
    void noted(Collection<Host> hosts, Guards guards) {
        for (Host host : hosts) {
            for (String run : new TreeSet<>(untold.getOrDefault(host, Set.of()))) noted(host, guards, run);
        }
    }
}
