package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spi.Change;

/** Why a host has not converged, in words: what differs, what is not known, and which hosts could have published it. */
final class OutcomeReasons {
    private OutcomeReasons() {}

    /** What differs although nothing is unknown; empty: nothing. */
    static Optional<String> differing(HostRun work) {
        Set<String> differing = new TreeSet<>();
        Set<String> waiting = new TreeSet<>();
        for (HostPlan.Item item : work.remaining.items()) {
            if (!item.ready()) continue;
            if (work.attempted(item)) differing.add(item.resource() + " (" + shown(item) + ")");
            else waiting.add(item.resource());
        }
        List<String> why = new ArrayList<>();
        if (!differing.isEmpty())
            why.add("it still differs after the steps were carried out: " + String.join(", ", differing));
        if (!waiting.isEmpty()) why.add("not begun: " + String.join(", ", waiting));
        return why.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", why));
    }

    /** Files by their paths alone: what is in them may be long. */
    private static String shown(HostPlan.Item item) {
        return item.changes().stream()
                .map(change -> change.kind() == Change.Kind.FILE
                        ? change.subject()
                        : change.subject() + ": " + shown(change.before()) + " -> " + shown(change.after()))
                .collect(Collectors.joining("; "));
    }

    private static String shown(@Nullable String value) {
        return value == null ? "(nothing)" : value.strip().lines().collect(Collectors.joining(" "));
    }

    /** @param failedPeers hosts that are only probed, and why they did not answer */
    static String notConverged(HostRun work, Map<Host, String> failedPeers, Collection<HostRun> works) {
        Set<String> unknown = new TreeSet<>();
        work.remaining.items().forEach(item -> unknown.addAll(item.unknowns()));
        StringBuilder why = new StringBuilder(
                unknown.isEmpty()
                        ? differing(work).orElse("it still differs after the steps were carried out")
                        : "not known: " + String.join(", ", unknown));
        failedPeers.forEach((host, reason) ->
                why.append("; ").append(host.name()).append(": ").append(reason));
        works.stream()
                .filter(other -> !other.active())
                .forEach(other ->
                        why.append("; ").append(other.host.name()).append(": ").append(of(other.ended.orElseThrow())));
        return why.toString();
    }

    static String of(Outcome outcome) {
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
