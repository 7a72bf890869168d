package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.linkctl.engine.HostPlan;
import org.linkctl.engine.Outcome;
import org.linkctl.model.Host;
import org.linkctl.spi.Change;

/** What the plan of an imported inventory says: nothing, or what it would change and why. */
final class PlanVerdict {
    private PlanVerdict() {}

    static String of(Map<Host, Outcome> outcomes) {
        List<String> out = new ArrayList<>();
        outcomes.forEach((host, outcome) -> {
            switch (outcome) {
                case Outcome.WouldChange(HostPlan plan) -> out.addAll(host(host.name(), plan));
                case Outcome.Refused(String why, var plan) ->
                    out.add(host.name() + ": refused, and nothing would be changed: "
                            + why.lines().findFirst().orElse(""));
                case Outcome.Unreachable(String why) -> out.add(host.name() + ": unreachable: " + why);
                default -> {}
            }
        });
        if (out.isEmpty()) return "The plan is empty: this inventory changes nothing on its hosts.\n";
        return "Why the plan is not empty:\n  " + String.join("\n  ", out) + "\n";
    }

    private static List<String> host(String host, HostPlan plan) {
        Map<String, List<String>> byWhy = new TreeMap<>();
        int states = 0;
        for (HostPlan.Item item : plan.items()) {
            for (Change change : item.changes()) {
                if (change.kind() == Change.Kind.STATE) states++;
                byWhy.computeIfAbsent(Reasons.of(item.module(), change), any -> new ArrayList<>())
                        .add(change.subject());
            }
        }
        List<String> out = new ArrayList<>();
        out.add(host + (states == 0 ? ": nothing that runs changes; files are written" : ""));
        byWhy.forEach((why, subjects) -> out.add("  " + String.join(", ", subjects) + ": " + why));
        return out;
    }
}
