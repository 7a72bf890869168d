package org.linkctl.engine.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.linkctl.engine.Health;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/** Checks the health of the selected hosts: one script for each host, in parallel. */
public final class HealthCheck {
    private final RunPlanner planner;
    private final HealthEvaluator health;
    private final Fleet fleet;
    private final Map<String, Published.Values> told = new HashMap<>();

    public HealthCheck(RunPlanner planner, Fleet fleet) {
        this.planner = planner;
        this.health = new HealthEvaluator(planner);
        this.fleet = fleet;
    }

    private sealed interface Probe {
        record Answered(Answers answers) implements Probe {}

        record Failed(Health why) implements Probe {}
    }

    public Map<Host, Health> examine() {
        List<Host> selected = planner.selected();
        List<Host> peers = planner.peers();
        Map<Host, Probe> probes = new LinkedHashMap<>();
        EarlyResults<Health> early = new EarlyResults<>(
                selected,
                planner.neighbours()::of,
                (ready, _) -> healths(ready, probes),
                fleet.events()::known,
                System::nanoTime,
                EarlyResults.PATIENCE);
        fleet.each(
                Stream.concat(selected.stream(), peers.stream()).toList(),
                host -> ask(host, selected.contains(host)),
                (host, lost) -> new Probe.Failed(new Health.Unreachable(lost.why())),
                (host, probe) -> {
                    probes.put(host, probe);
                    publish(host, probe);
                },
                early);
        return healths(selected, probes);
    }

    private Map<Host, Health> healths(Collection<Host> hosts, Map<Host, Probe> probes) {
        Published published = new Published(told);
        Map<Host, Health> out = new LinkedHashMap<>();
        for (Host host : hosts) out.put(host, health(host, published, probes));
        return out;
    }

    private Probe ask(Host host, boolean whole) {
        try {
            Set<Question<?>> questions = whole ? health.questions(host) : planner.questions(host);
            if (questions.isEmpty()) return new Probe.Answered(new Answers(Map.of()));
            var connection = fleet.connection(host);
            fleet.events().probing(host, questions.size());
            return new Probe.Answered(connection.ask(questions));
        } catch (Refused e) {
            return new Probe.Failed(new Health.Refused(String.valueOf(e.getMessage())));
        }
    }

    private void publish(Host host, Probe probe) {
        if (!(probe instanceof Probe.Answered(Answers answers))) return;
        try {
            told.put(host.name(), planner.publish(host, answers));
        } catch (Refused e) {
            fleet.events().trace(host, String.valueOf(e.getMessage()));
        }
    }

    private Health health(Host host, Published published, Map<Host, Probe> probes) {
        return switch (probes.get(host)) {
            case Probe.Answered(Answers answers) -> {
                try {
                    yield new Health.Examined(health.findings(host, published, answers));
                } catch (Refused e) {
                    yield new Health.Refused(String.valueOf(e.getMessage()));
                }
            }
            case Probe.Failed(Health why) -> why;
            case null -> throw new Unreachable("not asked: " + host.name());
        };
    }
}
