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

/** Probes hosts, and collects what they publish. */
final class HostProbe {
    private final RunPlanner planner;
    private final Fleet fleet;
    private final Safety safety;
    private final Map<String, Published.Values> values = new HashMap<>();
    private final Set<String> reached = new HashSet<>();
    private final Set<String> offline = new HashSet<>();

    HostProbe(RunPlanner planner, Fleet fleet, Safety safety) {
        this.planner = planner;
        this.fleet = fleet;
        this.safety = safety;
    }

    Published published() {
        return new Published(values, offline);
    }

    /**
     * Probes hosts in parallel.
     *
     * @param onAnswers receives the answers of each host as they come
     * @param onFailure receives why there are none, or why what a host publishes cannot be read
     * @param arrivals is told of each host after that
     */
    void probe(
            Collection<Host> hosts,
            BiConsumer<Host, Answers> onAnswers,
            BiConsumer<Host, Outcome> onFailure,
            Fleet.Arrivals arrivals) {
        fleet.each(
                hosts,
                this::ask,
                (host, lost) -> new ProbeResult.Failed(new Outcome.Unreachable(lost.why())),
                (host, result) -> keep(host, result, onAnswers, onFailure),
                arrivals);
    }

    private void keep(
            Host host, ProbeResult result, BiConsumer<Host, Answers> onAnswers, BiConsumer<Host, Outcome> onFailure) {
        switch (result) {
            case ProbeResult.Answered(var answers) -> {
                reached.add(host.name());
                offline.remove(host.name());
                onAnswers.accept(host, answers);
                publish(host, answers, onFailure);
            }
            case ProbeResult.Failed(Outcome why) -> {
                // A host that was reached before and is lost now may have been changed: it is not offline.
                if (why instanceof Outcome.Unreachable && !reached.contains(host.name())) offline.add(host.name());
                onFailure.accept(host, why);
            }
        }
    }

    private ProbeResult ask(Host host) {
        try {
            Set<Question<?>> questions = planner.questions(host);
            boolean selected = planner.includes(host);
            if (questions.isEmpty() && !selected) return new ProbeResult.Answered(new Answers(Map.of()));
            var connection = fleet.connection(host);
            fleet.events().probing(host, questions.size());
            questions.add(HostGuard.question(safety, host.name()));
            if (!selected) return answered(connection.ask(questions));
            questions.add(planner.memory(host));
            Answers answers = connection.ask(questions);
            planner.redact(answers);
            // Only a host with resources to remove is asked a second time.
            Set<Question<?>> more = planner.absenceQuestions(host, answers);
            more.removeAll(questions);
            return answered(more.isEmpty() ? answers : answers.and(connection.ask(more)));
        } catch (Refused e) {
            return new ProbeResult.Failed(new Outcome.Refused(String.valueOf(e.getMessage())));
        } catch (Unreachable e) {
            // Refusals that need no answer of the host are reported all the same.
            String refused = planner.refusals(host);
            if (refused.isEmpty()) throw e;
            return new ProbeResult.Failed(new Outcome.Refused(refused + "\nunreachable, too: " + e.why()));
        }
    }

    private ProbeResult answered(Answers answers) {
        planner.redact(answers);
        return new ProbeResult.Answered(answers);
    }

    private void publish(Host host, Answers answers, BiConsumer<Host, Outcome> onFailure) {
        try {
            Published.Values told = planner.publish(host, answers);
            // Who tells nothing makes no difference to others.
            if (told.equals(Published.Values.NONE)) values.remove(host.name());
            else values.put(host.name(), told);
        } catch (Refused e) {
            onFailure.accept(host, new Outcome.Refused(String.valueOf(e.getMessage())));
        }
    }
}
