package org.linkctl.cli;

import org.linkctl.cli.context.Installation;
import org.linkctl.cli.io.Terminal;

/** The entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        int status = run(terminal, args);
        if (isEnding()) System.exit(status); // waits for what Ctrl-C began
        // exit() would ask Java's logging whether to log it, which loads it and looks for it in all libraries.
        Runtime.getRuntime().halt(status);
    }

    /** Everything but the end of the process. */
    static int run(Terminal terminal, String... args) {
        int status = new Cli(terminal, Installation.installed(terminal.environment())).run(args);
        terminal.flush();
        return status;
    }

    private static boolean isEnding() {
        Thread hook = Thread.ofPlatform().unstarted(() -> {});
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
