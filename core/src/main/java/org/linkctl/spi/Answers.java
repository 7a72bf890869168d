package org.linkctl.spi;

import java.util.HashMap;
import java.util.Map;

/** A host's answers to one script of questions. Everything that is not a clear answer is {@link UnreadableFacts}. */
public record Answers(Map<Question<?>, Answer> byQuestion) {
    public Answers {
        byQuestion = Map.copyOf(byQuestion);
    }

    /**
     * What a question gives: what a command said, whatever its exit status, or a file's content.
     *
     * @throws UnreadableFacts where it was not asked, or the answer is none
     */
    public <A> A to(Question<A> question) {
        Answer answer = byQuestion.get(question);
        if (answer == null) throw new UnreadableFacts("not asked: " + question);
        return question.read(answer);
    }

    /**
     * What a command that has to succeed printed.
     *
     * @throws UnreadableFacts where it did not succeed, too
     */
    public String stdout(Question.Command command) {
        Answer.Output output = to(command);
        if (!output.ok()) {
            throw new UnreadableFacts(command.argv() + " ended with " + output.exit() + ": "
                    + output.stderr().strip());
        }
        return output.stdout();
    }

    /** These and others, which count where both have one. */
    public Answers and(Answers others) {
        Map<Question<?>, Answer> all = new HashMap<>(byQuestion);
        all.putAll(others.byQuestion());
        return new Answers(all);
    }
}
