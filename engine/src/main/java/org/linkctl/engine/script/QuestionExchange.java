package org.linkctl.engine.script;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** A script of questions, and the answers to it. */
final class QuestionExchange extends Exchange<Answers> {
    /** How many commands may run to their limit before the whole script is given up. */
    private static final int HANGING = 10;

    private final List<Question<?>> questions;

    private QuestionExchange(List<Question<?>> questions, Limits limits) {
        super(ScriptWriter.questions(questions, limits));
        this.questions = questions;
    }

    static QuestionExchange of(Collection<Question<?>> questions, Limits limits) {
        return new QuestionExchange(List.copyOf(new LinkedHashSet<>(questions)), limits);
    }

    @Override
    public Duration longest() {
        return limits().total(Math.min(HANGING, questions.size()));
    }

    @Override
    Answers read(FrameReader frames) throws IOException {
        List<CommandResult.Status> statuses = new ArrayList<>();
        for (int i = 1; i <= questions.size(); i++) statuses.add(frames.status(i));
        List<byte[]> streams = frames.streams(ScriptWriter.files(questions.size()));
        Map<Question<?>, Answer> answers = new LinkedHashMap<>();
        for (int i = 0; i < questions.size(); i++) {
            CommandResult part = new CommandResult(statuses.get(i), streams.get(2 * i), streams.get(2 * i + 1));
            answers.put(questions.get(i), answer(questions.get(i), part, limits()));
        }
        return new Answers(answers);
    }

    private static Answer answer(Question<?> question, CommandResult part, Limits limits) {
        return switch (part.status()) {
            case CommandResult.Status.TimedOut() ->
                new Answer.Unreadable("took longer than " + limits.command().toSeconds() + " s");
            case CommandResult.Status.NoRoom() -> new Answer.Unreadable("the host has no room for the answer");
            case CommandResult.Status.Exit(int code) -> {
                if (part.out().length > limits.answer() || part.err().length > limits.answer())
                    yield new Answer.Unreadable(limits.tooLongMessage());
                yield switch (question) {
                    case Question.Command command -> output(code, part);
                    case Question.ReadFile file -> code == 0 ? text(part) : missing(part);
                    case Question.ReadSecret secret -> code == 0 ? hidden(part) : missing(part);
                };
            }
        };
    }

    private static Answer output(int code, CommandResult part) {
        String out = utf8(part.out());
        return out == null ? new Answer.Unreadable("not UTF-8") : new Answer.Output(code, out, lenient(part.err()));
    }

    private static Answer text(CommandResult part) {
        String text = utf8(part.out());
        return text == null ? new Answer.Unreadable("not UTF-8") : new Answer.Text(text);
    }

    private static Answer hidden(CommandResult part) {
        String text = utf8(part.out());
        Arrays.fill(part.out(), (byte) 0);
        return text == null ? new Answer.Unreadable("not UTF-8") : new Answer.Hidden(new Secret(text));
    }

    /**
     * Why cat(1) failed. In the C locale, the texts of ENOENT and ENOTDIR (strerror(3)) mean that there is no such
     * file.
     */
    private static Answer missing(CommandResult part) {
        String why = lenient(part.err()).strip();
        if (why.endsWith("No such file or directory") || why.endsWith("Not a directory")) return new Answer.Absent();
        return new Answer.Unreadable(why.isEmpty() ? "cannot be read" : why);
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
