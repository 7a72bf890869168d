package org.linkctl.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/** Compares the health of hosts after a change with their health before it. */
final class HealthComparison {
    private final RunPlanner planner;
    private final HealthEvaluator health;
    private final Fleet fleet;
    private final Map<Host, Set<String>> existing = new ConcurrentHashMap<>();
    private final Map<Host, Set<String>> badBefore = new ConcurrentHashMap<>();

    HealthComparison(RunPlanner planner, Fleet fleet) {
        this.planner = planner;
        this.health = new HealthEvaluator(planner);
        this.fleet = fleet;
    }

    /** Records the health before anything is changed. */
    void recordBefore(Collection<Host> hosts, Published published, Function<Host, Answers> answers) {
        for (Host host : hosts) {
            try {
                existing.put(host, planner.existing(host, published, answers.apply(host)));
            } catch (Refused e) {
                fleet.events().trace(host, String.valueOf(e.getMessage()));
            }
        }
        bad(hosts, published, answers).forEach(badBefore::put);
    }

    /**
     * What was good before and is bad now.
     *
     * @param answers what is known already and need not be asked
     */
    Map<Host, List<String>> worse(Collection<Host> hosts, Published published, Function<Host, Answers> answers) {
        Map<Host, List<String>> out = new LinkedHashMap<>();
        bad(hosts, published, answers).forEach((host, bad) -> {
            List<String> worse = new ArrayList<>(bad);
            worse.removeAll(badBefore.getOrDefault(host, Set.of()));
            out.put(host, worse);
        });
        return out;
    }

    /**
     * What is bad at the ends of paths and was not before; a new path has to be good. Probes again for a while, since a
     * handshake may be due only after some seconds.
     *
     * @return by the host's name; empty: all ends are well
     */
    Map<String, List<String>> unhealthy(
            Collection<Host> hosts, Collection<String> paths, Published published, SettleTime settling) {
        SettleTime.Deadline deadline = settling.start();
        while (true) {
            Map<String, List<String>> out = new LinkedHashMap<>();
            unhealthy(hosts, paths, published).forEach((host, what) -> {
                if (!what.isEmpty()) out.put(host.name(), what);
            });
            if (out.isEmpty() || !fleet.timeLeft() || !deadline.waitForNextProbe()) return out;
        }
    }

    private Map<Host, List<String>> unhealthy(Collection<Host> hosts, Collection<String> paths, Published published) {
        return fleet.each(
                hosts,
                host -> {
                    Set<String> resources = new LinkedHashSet<>();
                    for (String path : paths) resources.addAll(planner.resourcesOfPath(host, path));
                    Set<String> bad;
                    try {
                        Answers answers = fleet.connection(host).ask(health.questions(host, resources));
                        bad = new LinkedHashSet<>(health.bad(host, published, answers, resources));
                    } catch (Refused e) {
                        return List.of(String.valueOf(e.getMessage()));
                    }
                    bad.removeAll(badBefore.getOrDefault(host, Set.of()));
                    return List.copyOf(bad);
                },
                (host, lost) -> List.of(lost.why()));
    }

    /** An unreachable host is not worse by that: reachability is checked elsewhere. */
    private Map<Host, Set<String>> bad(Collection<Host> hosts, Published published, Function<Host, Answers> answers) {
        return fleet.each(
                hosts.stream().filter(existing::containsKey).toList(),
                host -> {
                    Set<String> resources = existing.getOrDefault(host, Set.of());
                    try {
                        Set<Question<?>> questions = health.questions(host, resources);
                        if (questions.isEmpty()) return Set.of();
                        Answers known = answers.apply(host);
                        questions.removeAll(known.byQuestion().keySet());
                        return health.bad(
                                host,
                                published,
                                known.and(fleet.connection(host).ask(questions)),
                                resources);
                    } catch (Refused e) {
                        return Set.of(String.valueOf(e.getMessage()));
                    }
                },
                (host, lost) -> Set.of());
    }
}
