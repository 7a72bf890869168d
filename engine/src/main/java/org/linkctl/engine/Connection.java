package org.linkctl.engine;

import java.time.Duration;
import java.util.Collection;
import org.linkctl.shell.Question;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;

/**
 * A way to one host, as root. One thing at a time goes over it. All methods throw {@link Unreachable} where the way is
 * lost or root cannot be had.
 *
 * <p>The policy for a lost way: questions are asked a second time over a new one, since asking changes nothing; a step
 * is never repeated, since nobody knows how far it came.
 */
public interface Connection extends AutoCloseable {
    /** Asks all questions in one script, one round trip. */
    Answers ask(Collection<Question> questions);

    /** Carries out one step. Only a way that is known to be dead before the step is replaced first. */
    StepResult run(Step step);

    /** Leaves the way there is and makes a new one, again and again until it stands or so much time is over. */
    void renew(Duration within);

    /** Leaves; whatever still waits on this connection ends with {@link Unreachable}. */
    @Override
    void close();
}
