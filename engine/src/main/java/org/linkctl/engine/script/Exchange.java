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
 * One script to a root shell and what its reply means.
 *
 * @param <T> what the reply means
 */
public abstract sealed class Exchange<T> permits Asking, Doing, Succeeding {
    private final Script script;

    Exchange(Script script) {
        this.script = script;
    }

    /** Asks all questions at once; equal ones once. */
    public static Exchange<Answers> asking(Collection<Question<?>> questions, Limits limits) {
        return Asking.of(questions, limits);
    }

    /** Carries out steps in their order, up to the first that fails. The results of those that ended. */
    public static Exchange<List<StepResult>> doing(List<Step> steps, Limits limits, Progress progress) {
        return doing(steps, limits, progress, new Hush());
    }

    /** The same; what the steps print is told without the secrets that are known. */
    public static Exchange<List<StepResult>> doing(List<Step> steps, Limits limits, Progress progress, Hush hush) {
        hush.know(steps);
        return new Doing(steps, limits, progress, hush);
    }

    /**
     * Ends the shell of a connection that was lost, and waits for a step that still runs there.
     *
     * @param limits what that step had, and a little more
     */
    public static Exchange<Boolean> succeeding(Former former, Limits limits) {
        return new Succeeding(former, limits);
    }

    /** What goes to the shell's standard input. It may hold secrets: never show it. */
    public byte[] input() {
        return script.bytes();
    }

    public Limits limits() {
        return script.limits();
    }

    /**
     * Reads the reply, and nothing that comes after it.
     *
     * @param in read byte by byte in places: it should be buffered
     * @throws BadReply where the host sent something else
     */
    public T read(InputStream in) throws IOException {
        Frames frames = new Frames(in, script);
        frames.begin();
        T meaning = read(frames);
        frames.end();
        return meaning;
    }

    /** How long the whole reply may take, besides one second for each {@link Limits#PACE} bytes of it. */
    public abstract Duration longest();

    abstract T read(Frames frames) throws IOException;
}
