package org.linkctl.cli.command;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.ShowOptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Says which linkctl this is. */
final class VersionCommand implements Callable<Integer> {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Says which linkctl this is, and on which Java it runs; with -v also which modules it has.";

    private final CommandContext context;
    private final ShowOptions show = new ShowOptions();

    VersionCommand(CommandContext context) {
        this.context = context;
    }

    /** Its model, written out as {@link ShowOptions} is. */
    CommandLine commandLine() {
        CommandSpec command = CommandSpec.wrapWithoutInspection(this).name("version");
        command.usageMessage()
                .description(SUMMARY)
                .footer("", "Example:", "  linkctl version -v")
                .exitCodeList(UsageMessageSpec.keyValuesMap(new String[] {"0:always"}));
        show.addTo(command);
        return new CommandLine(command);
    }

    @Override
    public Integer call() {
        context.print(line() + "\n");
        if (show.verbosity() > 0) {
            for (String module : context.installation().planner().moduleNames().all()) context.print(module + "\n");
        }
        return ExitStatus.OK;
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
