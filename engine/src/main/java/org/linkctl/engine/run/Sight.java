package org.linkctl.engine.run;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.linkctl.engine.Outcome;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.guard.HostGuard;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Published;
import org.linkctl.spi.Question;
import org.linkctl.spi.Refused;

/** How a run looks at its hosts, and what they have told of themselves so far. */
final class Sight {
    private final Judge judge;
    private final Fleet fleet;
    private final Safety safety;
    private final Map<String, Published.Values> told = new HashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final Set<String> offline = new HashSet<>();

    Sight(Judge judge, Fleet fleet, Safety safety) {
        this.judge = judge;
        this.fleet = fleet;
        this.safety = safety;
    }

    Published published() {
        return new Published(told, offline);
    }

    /**
     * Asks hosts, side by side.
     *
     * @param seen told the answers, host by host
     * @param not told why there are none, or why what a host tells of itself is not understood
     */
    void look(Collection<Host> hosts, BiConsumer<Host, Answers> seen, BiConsumer<Host, Outcome> not) {
        Map<Host, Look> looks =
                fleet.each(hosts, this::ask, (host, lost) -> new Look.Not(new Outcome.Unreachable(lost.why())));
        looks.forEach((host, look) -> {
            switch (look) {
                case Look.Seen(var answers) -> {
                    reached.add(host.name());
                    offline.remove(host.name());
                    seen.accept(host, answers);
                    publish(host, answers, not);
                }
                case Look.Not(Outcome why) -> {
                    // One that is lost on the way may have been changed: that is another matter.
                    if (why instanceof Outcome.Unreachable && !reached.contains(host.name())) offline.add(host.name());
                    not.accept(host, why);
                }
            }
        });
    }

    private Look ask(Host host) {
        try {
            Set<Question<?>> questions = judge.questions(host);
            boolean selected = judge.selects(host);
            if (questions.isEmpty() && !selected) return new Look.Seen(new Answers(Map.of()));
            var connection = fleet.connection(host);
            fleet.events().probing(host, questions.size());
            questions.add(HostGuard.question(safety, host.name()));
            if (!selected) return seen(connection.ask(questions));
            questions.add(judge.memory(host));
            Answers answers = connection.ask(questions);
            judge.know(answers);
            // Only a host that has something to lose is asked a second time.
            Set<Question<?>> more = judge.undeclared(host, answers);
            more.removeAll(questions);
            return seen(more.isEmpty() ? answers : answers.and(connection.ask(more)));
        } catch (Refused e) {
            return new Look.Not(new Outcome.Refused(String.valueOf(e.getMessage())));
        } catch (Unreachable e) {
            // What is wrong with the inventory, or a secret, is known all the same.
            String refused = judge.refusals(host);
            if (refused.isEmpty()) throw e;
            return new Look.Not(new Outcome.Refused(refused + "\nunreachable, too: " + e.why()));
        }
    }

    private Look seen(Answers answers) {
        judge.know(answers);
        return new Look.Seen(answers);
    }

    private void publish(Host host, Answers answers, BiConsumer<Host, Outcome> not) {
        try {
            told.put(host.name(), judge.publish(host, answers));
        } catch (Refused e) {
            not.accept(host, new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }
}
