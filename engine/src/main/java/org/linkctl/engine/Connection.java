package org.linkctl.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntConsumer;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * A way to one host, as root. One thing at a time goes over it. All methods throw {@link Unreachable} where the way is
 * lost or root cannot be had.
 *
 * <p>The policy for a lost way: questions are asked a second time over a new one, since asking changes nothing; a step
 * is never repeated, since nobody knows how far it came.
 */
public interface Connection extends AutoCloseable {
    /** Asks all questions in one script, one round trip. */
    Answers ask(Collection<Question<?>> questions);

    /** Carries out one step. Only a way that is known to be dead before the step is replaced first. */
    StepResult run(Step step);

    /**
     * Carries out steps in their order, up to the first that fails, in one round trip where the way can do that.
     *
     * @param starting told of each step, counted from 0, when it begins
     * @return the results of those that ended: all of them good, or the last one not
     * @throws Unreachable as ever; it says which step ran
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
     * Carries out a short step even while others run, over the same way: that shows that the way is there. Where no way
     * stands and others are about to make one it does not wait for that.
     */
    default StepResult beside(Step step) {
        return run(step);
    }

    /** Leaves the way there is and makes a new one, again and again until it stands or so much time is over. */
    void renew(Duration within);

    /** Leaves; whatever still waits on this connection ends with {@link Unreachable}. */
    @Override
    void close();
}
