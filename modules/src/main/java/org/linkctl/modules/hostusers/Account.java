package org.linkctl.modules.hostusers;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * An account as the host has it (passwd(5)).
 *
 * @param groups all that the user is in, by name
 */
public record Account(String uid, String gid, String home, String shell, Set<String> groups) {
    private static final int FIELDS = 7;

    public Account {
        groups = Set.copyOf(groups);
    }

    static List<Question<?>> questions(String name) {
        return List.of(entry(name), groups(name));
    }

    private static Question.Command entry(String name) {
        return Question.command("getent", "passwd", name);
    }

    private static Question.Command groups(String name) {
        return Question.command("id", "-Gn", name);
    }

    /** getent(1) ends with 2 where there is no such entry. */
    static @Nullable Account read(String name, Answers answers) {
        Answer.Output said = answers.to(entry(name));
        if (said.exit() == 2 && said.stdout().isEmpty()) return null;
        List<String> fields = List.of(answers.stdout(entry(name)).strip().split(":", -1));
        if (fields.size() != FIELDS
                || !fields.getFirst().equals(name)
                || !number(fields.get(2))
                || !number(fields.get(3)))
            throw new UnreadableFacts("getent passwd " + name + ": '" + String.join(":", fields) + "'");
        String words = answers.stdout(groups(name)).strip();
        if (!words.matches("[A-Za-z0-9_. $-]+")) throw new UnreadableFacts("id -Gn " + name + ": '" + words + "'");
        Set<String> groups = new TreeSet<>(List.of(words.split(" ", -1)));
        return new Account(fields.get(2), fields.get(3), fields.get(5), fields.get(6), groups);
    }

    private static boolean number(String text) {
        return text.matches("[0-9]{1,10}");
    }
}
