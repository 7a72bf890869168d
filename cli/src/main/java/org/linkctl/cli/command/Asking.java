package org.linkctl.cli.command;

import java.io.Console;
import java.util.Arrays;
import java.util.Optional;
import org.linkctl.cli.Terminal;
import org.linkctl.engine.PasswordSource;
import org.linkctl.shell.Secret;

/** Asks for passwords on the terminal, unseen; where there is none, nobody is asked. */
final class Asking implements PasswordSource {
    private final Terminal terminal;
    private final Progress progress;

    Asking(Terminal terminal, Progress progress) {
        this.terminal = terminal;
        this.progress = progress;
    }

    @Override
    public Optional<Secret> ask(String what) {
        Console console = terminal.canAsk() ? System.console() : null;
        if (console == null || !console.isTerminal()) return Optional.empty();
        return progress.paused(() -> Optional.ofNullable(console.readPassword("%s: ", what))
                .filter(password -> password.length > 0)
                .map(Asking::secret));
    }

    private static Secret secret(char[] password) {
        Secret secret = new Secret(new String(password));
        Arrays.fill(password, '\0');
        return secret;
    }
}
