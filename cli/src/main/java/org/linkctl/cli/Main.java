package org.linkctl.cli;

import java.util.Map;
import org.linkctl.cli.context.Installation;
import org.linkctl.cli.io.Terminal;

/** The entry point. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Terminal terminal = Terminal.system();
        int status = run(terminal, args);
        if (isEnding() || hasOptions(terminal.environment())) System.exit(status); // waits for what Ctrl-C began
        // exit() would ask Java's logging whether to log it, which loads it and looks for it in all libraries.
        Runtime.getRuntime().halt(status);
    }

    /** Everything but the end of the process. */
    static int run(Terminal terminal, String... args) {
        int status = new Cli(terminal, Installation.installed(terminal.environment())).run(args);
        terminal.flush();
        return status;
    }

    /** Options of the user's for Java (java(1)) may ask for what Java does at its end, as to write a recording. */
    private static boolean hasOptions(Map<String, String> environment) {
        return environment.containsKey("JAVA_TOOL_OPTIONS")
                || environment.containsKey("JDK_JAVA_OPTIONS")
                || environment.containsKey("_JAVA_OPTIONS");
    }

    static boolean isEnding() {
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
