package org.linkctl.modules.hostusers;

import java.util.List;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** Who became root: sudo(8) and doas(1) tell. ssh_config(5) may have chosen the name, and not the inventory. */
public final class LoginName {
    public static final List<Question.Command> QUESTIONS =
            List.of(Question.command("printenv", "SUDO_USER"), Question.command("printenv", "DOAS_USER"));

    private LoginName() {}

    public static boolean is(String name, Answers answers) {
        return QUESTIONS.stream()
                .anyMatch(question -> answers.to(question).stdout().strip().equals(name));
    }
}
