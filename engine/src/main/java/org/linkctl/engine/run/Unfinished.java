package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;

/** Why something was left: what is not known, and which hosts could have told it. */
final class Unfinished {
    private Unfinished() {}

    /** What could have been done by now; empty where there is none of that. */
    static Optional<String> differing(Work work) {
        Set<String> differing = new TreeSet<>();
        Set<String> waiting = new TreeSet<>();
        for (HostPlan.Item item : work.left.items()) {
            if (item.ready()) (work.begun(item) ? differing : waiting).add(item.resource());
        }
        List<String> why = new ArrayList<>();
        if (!differing.isEmpty())
            why.add("it still differs after the steps were carried out: " + String.join(", ", differing));
        if (!waiting.isEmpty()) why.add("not begun: " + String.join(", ", waiting));
        return why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why));
    }

    /** @param silentPeers hosts that were only asked, and why they did not answer */
    static String why(Work work, Map<Host, String> silentPeers, Collection<Work> works) {
        Set<String> unknown = new TreeSet<>();
        work.left.items().forEach(item -> unknown.addAll(item.unknowns()));
        StringBuilder why = new StringBuilder(
                unknown.isEmpty()
                        ? differing(work).orElse("it still differs after the steps were carried out")
                        : "not known: " + String.join(", ", unknown));
        silentPeers.forEach((host, reason) ->
                why.append("; ").append(host.name()).append(": ").append(reason));
        works.stream()
                .filter(other -> !other.active())
                .forEach(other ->
                        why.append("; ").append(other.host.name()).append(": ").append(why(other.ended.orElseThrow())));
        return why.toString();
    }

    static String why(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Unreachable(String why) -> why;
            case Outcome.Refused refused -> refused.why();
            case Outcome.Failed failed -> "failed: " + failed.step();
            case Outcome.RolledBack back -> "rolled back: " + back.why();
            case Outcome.Locked locked -> "locked: " + locked.holder();
            case Outcome.Converged _, Outcome.Changed _, Outcome.WouldChange _, Outcome.NotConverged _ -> "";
        };
    }
}
