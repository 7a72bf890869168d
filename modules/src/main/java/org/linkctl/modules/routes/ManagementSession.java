package org.linkctl.modules.routes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.net.Ip;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * How linkctl's own connection reaches a host, as sshd(8) tells its children (SSH_CONNECTION). sudo(8) and doas(1) keep
 * that to themselves: then nothing is known of it.
 *
 * @param from the address that it comes from, as the host sees it; null: not known
 * @param to the host's own address that it comes to; null: not known
 */
public record ManagementSession(@Nullable Ip from, @Nullable Ip to) {
    public static final ManagementSession UNKNOWN = new ManagementSession(null, null);

    private static final Question.Command COMMAND = Question.command("printenv", "SSH_CONNECTION");

    public static Question.Command question() {
        return COMMAND;
    }

    public static ManagementSession read(Answers answers) {
        Answer.Output said = answers.to(COMMAND);
        String[] words = said.stdout().strip().split("\\s+", -1);
        if (!said.ok() || words.length != 4) return UNKNOWN;
        return new ManagementSession(ip(words[0]), ip(words[2]));
    }

    /** A link-local address comes with its zone. */
    private static @Nullable Ip ip(String word) {
        return Ip.parse(word.replaceFirst("%.*", "")).orElse(null);
    }

    public boolean comesTo(Ip address) {
        return address.equals(to);
    }

    public Optional<Ip> client() {
        return Optional.ofNullable(from);
    }
}
