package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.linkctl.engine.StepResult;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * A script for a root shell, and what its reply means.
 *
 * @param <T> what the reply means
 */
public abstract sealed class Exchange<T> permits QuestionExchange, StepExchange, TakeoverExchange {
    private final Script script;

    Exchange(Script script) {
        this.script = script;
    }

    /** Asks all questions in one script; equal ones once. */
    public static Exchange<Answers> questions(Collection<Question<?>> questions, Limits limits) {
        return QuestionExchange.of(questions, limits);
    }

    /** Carries out steps in order, up to the first that fails; the results of those that ended. */
    public static Exchange<List<StepResult>> steps(List<Step> steps, Limits limits, StepProgress progress) {
        return steps(steps, limits, progress, new SecretRedactor());
    }

    /** The same, with the known secrets redacted from what the steps print. */
    public static Exchange<List<StepResult>> steps(
            List<Step> steps, Limits limits, StepProgress progress, SecretRedactor redactor) {
        redactor.add(steps);
        return new StepExchange(steps, limits, progress, redactor);
    }

    /**
     * Ends the shell of a lost connection, and waits for a step that still runs in it.
     *
     * @param limits those of that step, and a little more
     */
    public static Exchange<Boolean> takeover(ShellId shellId, Limits limits) {
        return new TakeoverExchange(shellId, limits);
    }

    /** The bytes for the shell's standard input. They may hold secrets: never to be shown. */
    public byte[] input() {
        return script.bytes();
    }

    public Limits limits() {
        return script.limits();
    }

    /**
     * Reads the reply, and nothing beyond it.
     *
     * @param in should be buffered: it is read byte by byte in places
     * @throws BadReply where the host sent something else
     */
    public T read(InputStream in) throws IOException {
        FrameReader frames = new FrameReader(in, script);
        frames.begin();
        T meaning = read(frames);
        frames.end();
        return meaning;
    }

    /** How long the whole reply may take, plus one second for each {@link Limits#MIN_RATE} bytes of it. */
    public abstract Duration longest();

    abstract T read(FrameReader frames) throws IOException;
}
