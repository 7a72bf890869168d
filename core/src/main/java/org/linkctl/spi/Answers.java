package org.linkctl.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Question;
import org.linkctl.shell.Secret;

/** A host's answers to one script of questions. Everything that is not a clear answer is {@link UnreadableFacts}. */
public record Answers(Map<Question, Answer> byQuestion) {
    public Answers {
        byQuestion = Map.copyOf(byQuestion);
    }

    /** What a command said, whatever its exit status. */
    public Answer.Output to(String... words) {
        Question question = new Question.Command(Argv.of(words));
        return switch (answer(question)) {
            case Answer.Output output -> output;
            case Answer.Unreadable(String why) -> throw new UnreadableFacts(Argv.of(words) + ": " + why);
            default -> throw new UnreadableFacts(Argv.of(words) + ": not read as a command");
        };
    }

    /** What a command that has to succeed printed. */
    public String stdout(String... words) {
        Answer.Output output = to(words);
        if (!output.ok()) {
            throw new UnreadableFacts(Argv.of(words) + " ended with " + output.exit() + ": "
                    + output.stderr().strip());
        }
        return output.stdout();
    }

    /** A file's content; empty where there is no such file. */
    public Optional<String> file(String path) {
        return switch (answer(Question.file(path))) {
            case Answer.Text file -> Optional.of(file.text());
            case Answer.Absent() -> Optional.empty();
            case Answer.Unreadable(String why) -> throw new UnreadableFacts(path + ": " + why);
            case Answer.Output output -> throw new UnreadableFacts(path + ": not read as a file");
            case Answer.Hidden hidden -> throw new UnreadableFacts(path + ": not read as a plain file");
        };
    }

    /** A hidden file's content; empty where there is no such file. */
    public Optional<Secret> secret(String path) {
        return switch (answer(Question.secret(path))) {
            case Answer.Hidden(Secret secret) -> Optional.of(secret);
            case Answer.Absent() -> Optional.empty();
            case Answer.Unreadable(String why) -> throw new UnreadableFacts(path + ": " + why);
            case Answer.Output output -> throw new UnreadableFacts(path + ": not read as a file");
            case Answer.Text text -> throw new UnreadableFacts(path + ": not read as a hidden file");
        };
    }

    private Answer answer(Question question) {
        Answer answer = byQuestion.get(question);
        if (answer == null) throw new UnreadableFacts("not asked: " + question);
        return answer;
    }

    /** These and others, which count where both have one. */
    public Answers and(Answers others) {
        Map<Question, Answer> all = new HashMap<>(byQuestion);
        all.putAll(others.byQuestion());
        return new Answers(all);
    }
}
