package org.linkctl.cli;

import org.linkctl.cli.context.Installation;
import org.linkctl.cli.io.Terminal;

/** The entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        int status = new Cli(terminal, Installation.installed()).run(args);
        terminal.flush();
        System.exit(status);
    }
}
