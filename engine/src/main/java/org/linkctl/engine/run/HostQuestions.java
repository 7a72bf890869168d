package org.linkctl.engine.run;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.Host;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** Questions to hosts outside of any plan: hosts are not locked, and nothing is changed there. */
public final class HostQuestions implements AutoCloseable {
    /** Questions that follow from answers follow once; more rounds would be a mistake. */
    private static final int ROUNDS = 5;

    private final Fleet fleet;

    HostQuestions(Fleet fleet) {
        this.fleet = fleet;
    }

    /**
     * Asks hosts in parallel, as long as answers lead to further questions.
     *
     * @param next gives what is asked of a host, by what it has answered
     * @param read makes of a host's answers what is wanted of them
     * @param lost the result for a host that cannot be reached
     */
    public <T> Map<Host, T> ask(
            Collection<Host> hosts,
            Function<Answers, Collection<Question<?>>> next,
            BiFunction<Host, Answers, T> read,
            BiFunction<Host, Unreachable, T> lost) {
        return fleet.each(hosts, host -> read.apply(host, answers(host, next)), lost);
    }

    private Answers answers(Host host, Function<Answers, Collection<Question<?>>> next) {
        Answers answers = new Answers(Map.of());
        for (int round = 0; round < ROUNDS; round++) {
            Set<Question<?>> questions = new LinkedHashSet<>(next.apply(answers));
            questions.removeAll(answers.byQuestion().keySet());
            if (questions.isEmpty()) return answers;
            var connection = fleet.connection(host);
            fleet.events().probing(host, questions.size());
            answers = answers.and(connection.ask(questions));
        }
        return answers;
    }

    @Override
    public void close() {
        fleet.close();
    }
}
