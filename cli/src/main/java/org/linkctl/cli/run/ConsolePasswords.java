package org.linkctl.cli.run;

import java.io.Console;
import java.util.Arrays;
import java.util.Optional;
import org.linkctl.cli.io.Terminal;
import org.linkctl.engine.PasswordSource;
import org.linkctl.shell.Secret;

/** Asks for passwords on the terminal, without echo; where there is no terminal, it has none. */
public final class ConsolePasswords implements PasswordSource {
    private final Terminal terminal;
    private final ProgressDisplay progress;

    ConsolePasswords(Terminal terminal, ProgressDisplay progress) {
        this.terminal = terminal;
        this.progress = progress;
    }

    @Override
    public Optional<Secret> ask(String what) {
        Console console = terminal.canAsk() ? System.console() : null;
        if (console == null || !console.isTerminal()) return Optional.empty();
        return progress.paused(() -> Optional.ofNullable(console.readPassword("%s: ", what))
                .filter(password -> password.length > 0)
                .map(ConsolePasswords::secret));
    }

    private static Secret secret(char[] password) {
        Secret secret = new Secret(new String(password));
        Arrays.fill(password, '\0');
        return secret;
    }
}
