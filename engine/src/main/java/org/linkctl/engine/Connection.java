package org.linkctl.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * A connection to one host, as root. It carries one script at a time. All methods throw {@link Unreachable} where the
 * connection is lost or root access cannot be had.
 *
 * <p>After a lost connection questions are asked once more over a new one, since asking changes nothing; a step is
 * never repeated, since it is not known how far it came.
 */
public interface Connection extends AutoCloseable {
    /** Asks all questions in one script, one round trip. */
    Answers ask(Collection<Question<?>> questions);

    /** How the host was logged in to; empty where nothing was asked yet, or that is not known. */
    default Optional<Access> access() {
        return Optional.empty();
    }

    /** Carries out one step. A connection that is known to be dead beforehand is replaced first. */
    StepResult run(Step step);

    /**
     * Carries out steps in order, up to the first that fails; in one round trip where the connection can do that.
     *
     * @param starting told the index of each step, from 0, when it begins
     * @return the results of the steps that ended: all with status 0, or the last one not
     * @throws Unreachable where the connection is lost; the message says which step ran
     */
    default List<StepResult> run(List<Step> steps, IntConsumer starting) {
        List<StepResult> results = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            starting.accept(i);
            results.add(run(steps.get(i)));
            if (!results.getLast().ok()) break;
        }
        return results;
    }

    /**
     * Carries out a short step while others may be running, over the same connection: this shows that the connection
     * works. Where there is none, or one is just being made, it does not wait for it.
     */
    default StepResult runBeside(Step step) {
        return run(step);
    }

    /** Closes the connection and makes a new one, trying again until it stands or this time is over. */
    void reconnect(Duration within);

    /** Closes the connection; calls that still wait on it end with {@link Unreachable}. */
    @Override
    void close();
}
