package org.linkctl.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which linkctl this is. */
@Command(
        name = "version",
        description = "Says which linkctl this is, and on which Java it runs; with -v also which modules it has.",
        footer = {"", "Example:", "  linkctl version -v"},
        exitCodeList = "0:always")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final ShowOptions show = new ShowOptions();

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.print(line() + "\n");
        if (show.verbosity() > 0) {
            for (String module : session.parts().planner().moduleNames()) session.print(module + "\n");
        }
        return Exit.OK;
    }

    /** The version, and the Java it runs on. */
    static String line() {
        return "linkctl " + version() + " (Java " + Runtime.version() + ")";
    }

    /** From the jar's manifest; where classes run from a folder there is none. */
    private static String version() {
        return Objects.requireNonNullElse(VersionCommand.class.getPackage().getImplementationVersion(), "development");
    }
}
