package org.linkctl.engine.run;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;

/** Why something was left: what is not known, and which hosts could have told it. */
final class Unfinished {
    private Unfinished() {}

    /** @param silentPeers hosts that were only asked, and why they did not answer */
    static String why(HostPlan left, Map<Host, String> silentPeers, Collection<Work> works) {
        Set<String> unknown = new TreeSet<>();
        left.items().forEach(item -> unknown.addAll(item.unknowns()));
        if (unknown.isEmpty()) return "it still differs after the steps were carried out";
        StringBuilder why = new StringBuilder("not known: ").append(String.join(", ", unknown));
        silentPeers.forEach((host, reason) ->
                why.append("; ").append(host.name()).append(": ").append(reason));
        works.stream()
                .filter(work -> !work.active())
                .forEach(work ->
                        why.append("; ").append(work.host.name()).append(": ").append(why(work.ended.orElseThrow())));
        return why.toString();
    }

    static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unreachable(String why) -> why;
            case Outcome.Refused(String why) -> why;
            case Outcome.Failed failed -> "failed: " + failed.step();
            case Outcome.RolledBack back -> "rolled back: " + back.why();
            case Outcome.Locked locked -> "locked: " + locked.holder();
            case Outcome.Converged _, Outcome.Changed _, Outcome.WouldChange _, Outcome.NotConverged _ -> "";
        };
    }
}
