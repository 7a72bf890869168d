package org.linkctl.modules.hostsudo;

import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/** Who became root by sudo(8), which tells its children; ssh_config(5) may have chosen the name, and not the inventory. */
final class SudoUser {
    static final Question.Command QUESTION = Question.command("printenv", "SUDO_USER");

    private SudoUser() {}

    static boolean is(String name, Answers answers) {
        return answers.to(QUESTION).stdout().strip().equals(name);
    }
}
