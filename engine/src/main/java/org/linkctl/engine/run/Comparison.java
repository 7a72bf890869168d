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

/** Whether what worked on hosts before they were touched still does. */
final class Comparison {
    private final Judge judge;
    private final Fleet fleet;
    private final Map<Host, Set<String>> established = new ConcurrentHashMap<>();
    private final Map<Host, Set<String>> badBefore = new ConcurrentHashMap<>();

    Comparison(Judge judge, Fleet fleet) {
        this.judge = judge;
        this.fleet = fleet;
    }

    /** Looks before anything is done. */
    void before(Collection<Host> hosts, Published published, Function<Host, Answers> answers) {
        for (Host host : hosts) {
            try {
                established.put(host, judge.established(host, published, answers.apply(host)));
            } catch (Refused e) {
                fleet.events().trace(host, String.valueOf(e.getMessage()));
            }
        }
        bad(hosts, published, answers).forEach(badBefore::put);
    }

    /**
     * What was good then and is bad now.
     *
     * @param answers what is known already, and need not be asked
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
     * What is bad about the ends of paths, and was not before; one that is new has to be good. They get a while, since a
     * handshake may be due only after some seconds.
     *
     * @return by the host's name; nothing where all is well
     */
    Map<String, List<String>> ailing(
            Collection<Host> hosts, Collection<String> paths, Published published, Settling settling) {
        Settling.Watch watch = settling.start();
        while (true) {
            Map<String, List<String>> out = new LinkedHashMap<>();
            ailing(hosts, paths, published).forEach((host, what) -> {
                if (!what.isEmpty()) out.put(host.name(), what);
            });
            if (out.isEmpty() || !fleet.timeLeft() || !watch.goesOn()) return out;
        }
    }

    private Map<Host, List<String>> ailing(Collection<Host> hosts, Collection<String> paths, Published published) {
        return fleet.each(
                hosts,
                host -> {
                    Set<String> resources = new LinkedHashSet<>();
                    for (String path : paths) resources.addAll(judge.ofPath(host, path));
                    Set<String> bad;
                    try {
                        Answers answers = fleet.connection(host).ask(judge.examination(host, resources));
                        bad = new LinkedHashSet<>(judge.bad(host, published, answers, resources));
                    } catch (Refused e) {
                        return List.of(String.valueOf(e.getMessage()));
                    }
                    bad.removeAll(badBefore.getOrDefault(host, Set.of()));
                    return List.copyOf(bad);
                },
                (host, lost) -> List.of(lost.why()));
    }

    /** What cannot be seen is none the worse: whether the host itself can be reached is looked at elsewhere. */
    private Map<Host, Set<String>> bad(Collection<Host> hosts, Published published, Function<Host, Answers> answers) {
        return fleet.each(
                hosts.stream().filter(established::containsKey).toList(),
                host -> {
                    Set<String> resources = established.getOrDefault(host, Set.of());
                    try {
                        Set<Question<?>> questions = judge.examination(host, resources);
                        if (questions.isEmpty()) return Set.of();
                        Answers known = answers.apply(host);
                        questions.removeAll(known.byQuestion().keySet());
                        return judge.bad(
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
