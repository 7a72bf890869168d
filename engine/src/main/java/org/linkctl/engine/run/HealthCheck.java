package org.linkctl.engine.run;

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
        Map<Host, Probe> probes = fleet.each(
                Stream.concat(selected.stream(), peers.stream()).toList(),
                host -> ask(host, selected.contains(host)),
                (host, lost) -> new Probe.Failed(new Health.Unreachable(lost.why())));
        Published published = published(probes);
        Map<Host, Health> healths = new LinkedHashMap<>();
        for (Host host : selected) healths.put(host, health(host, published, probes));
        return healths;
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

    private Published published(Map<Host, Probe> probes) {
        Map<String, Published.Values> told = new HashMap<>();
        probes.forEach((host, one) -> {
            if (!(one instanceof Probe.Answered(Answers answers))) return;
            try {
                told.put(host.name(), planner.publish(host, answers));
            } catch (Refused e) {
                fleet.events().trace(host, String.valueOf(e.getMessage()));
            }
        });
        return new Published(told);
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
