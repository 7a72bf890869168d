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

/** Looks whether what is configured works: one script a host, all hosts side by side. */
public final class Examination {
    private final Judge judge;
    private final Fleet fleet;

    public Examination(Judge judge, Fleet fleet) {
        this.judge = judge;
        this.fleet = fleet;
    }

    private sealed interface Seen {
        record Said(Answers answers) implements Seen {}

        record Not(Health why) implements Seen {}
    }

    public Map<Host, Health> examine() {
        List<Host> selected = judge.selected();
        List<Host> peers = judge.peers();
        Map<Host, Seen> seen = fleet.each(
                Stream.concat(selected.stream(), peers.stream()).toList(),
                host -> ask(host, selected.contains(host)),
                (host, lost) -> new Seen.Not(new Health.Unreachable(lost.why())));
        Published published = published(seen);
        Map<Host, Health> healths = new LinkedHashMap<>();
        for (Host host : selected) healths.put(host, health(host, published, seen));
        return healths;
    }

    private Seen ask(Host host, boolean whole) {
        try {
            Set<Question<?>> questions = whole ? judge.examination(host) : judge.questions(host);
            if (questions.isEmpty()) return new Seen.Said(new Answers(Map.of()));
            var connection = fleet.connection(host);
            fleet.events().probing(host, questions.size());
            return new Seen.Said(connection.ask(questions));
        } catch (Refused e) {
            return new Seen.Not(new Health.Refused(String.valueOf(e.getMessage())));
        }
    }

    private Published published(Map<Host, Seen> seen) {
        Map<String, Published.Values> told = new HashMap<>();
        seen.forEach((host, one) -> {
            if (!(one instanceof Seen.Said(Answers answers))) return;
            try {
                told.put(host.name(), judge.publish(host, answers));
            } catch (Refused e) {
                fleet.events().trace(host, String.valueOf(e.getMessage()));
            }
        });
        return new Published(told);
    }

    private Health health(Host host, Published published, Map<Host, Seen> seen) {
        return switch (seen.get(host)) {
            case Seen.Said(Answers answers) -> {
                try {
                    yield new Health.Examined(judge.findings(host, published, answers));
                } catch (Refused e) {
                    yield new Health.Refused(String.valueOf(e.getMessage()));
                }
            }
            case Seen.Not(Health why) -> why;
            case null -> throw new Unreachable("not asked: " + host.name());
        };
    }
}
