package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.StepResult;
import org.linkctl.shell.Question;
import org.linkctl.shell.Secret;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;

/**
 * One script to a host and what its reply means.
 *
 * @param <T> what the reply means
 */
public final class Exchange<T> {
    private final Script script;
    private final Reading<T> reading;

    private interface Reading<T> {
        T of(List<Part> parts) throws IOException;
    }

    private Exchange(Script script, Reading<T> reading) {
        this.script = script;
        this.reading = reading;
    }

    /** Asks all questions at once; equal ones once. */
    public static Exchange<Answers> asking(Collection<Question> questions, Limits limits) {
        List<Question> once = new ArrayList<>(new LinkedHashSet<>(questions));
        return new Exchange<>(Scripts.asking(once, limits), parts -> answers(once, parts, limits));
    }

    public static Exchange<StepResult> doing(Step step, Limits limits) {
        return new Exchange<>(Scripts.doing(step, limits), parts -> result(parts.getFirst()));
    }

    /** What goes to the host's standard input. It may hold secrets: never show it. */
    public byte[] input() {
        return script.body().getBytes(StandardCharsets.ISO_8859_1);
    }

    public Limits limits() {
        return script.limits();
    }

    /**
     * Reads the reply.
     *
     * @throws BadReply where the host sent something else
     */
    public T read(InputStream in) throws IOException {
        return reading.of(Frames.read(in, script));
    }

    private static Answers answers(List<Question> questions, List<Part> parts, Limits limits) {
        Map<Question, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            answers.put(questions.get(i), answer(questions.get(i), parts.get(i), limits));
        }
        return new Answers(answers);
    }

    private static Answer answer(Question question, Part part, Limits limits) {
        return switch (part.status()) {
            case Part.Status.Late() ->
                new Answer.Unreadable("took longer than " + limits.command().toSeconds() + " s");
            case Part.Status.NoRoom() -> new Answer.Unreadable("the host has no room for the answer");
            case Part.Status.Exit(int code) -> {
                if (part.out().length > limits.answer() || part.err().length > limits.answer())
                    yield new Answer.Unreadable(limits.tooMuch());
                yield switch (question) {
                    case Question.Command command -> output(code, part);
                    case Question.ReadFile file -> code == 0 ? text(part) : missing(part);
                    case Question.ReadSecret secret -> code == 0 ? hidden(part) : missing(part);
                };
            }
        };
    }

    private static Answer output(int code, Part part) {
        String out = utf8(part.out());
        return out == null ? new Answer.Unreadable("not UTF-8") : new Answer.Output(code, out, lenient(part.err()));
    }

    private static Answer text(Part part) {
        String text = utf8(part.out());
        return text == null ? new Answer.Unreadable("not UTF-8") : new Answer.Text(text);
    }

    private static Answer hidden(Part part) {
        String text = utf8(part.out());
        Arrays.fill(part.out(), (byte) 0);
        return text == null ? new Answer.Unreadable("not UTF-8") : new Answer.Hidden(new Secret(text));
    }

    /** Why cat(1) failed, in the C locale: strerror(3) of ENOENT and ENOTDIR mean that there is no such file. */
    private static Answer missing(Part part) {
        String why = lenient(part.err()).strip();
        if (why.endsWith("No such file or directory") || why.endsWith("Not a directory")) return new Answer.Absent();
        return new Answer.Unreadable(why.isEmpty() ? "cannot be read" : why);
    }

    private static StepResult result(Part part) throws BadReply {
        String output = (lenient(part.out()) + lenient(part.err())).strip();
        return switch (part.status()) {
            case Part.Status.Exit(int code) -> new StepResult(code, output);
            case Part.Status.Late() ->
                new StepResult(StepResult.TOO_LONG, ("ended because it took too long\n" + output).strip());
            case Part.Status.NoRoom() -> throw new BadReply("the host has no room for the output of a step", true);
        };
    }

    private static @Nullable String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String lenient(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
