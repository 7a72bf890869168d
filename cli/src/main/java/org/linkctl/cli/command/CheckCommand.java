package org.linkctl.cli.command;

import java.util.concurrent.Callable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.show.CheckText;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Reads an inventory and says what is wrong with it. */
final class CheckCommand implements Callable<Integer> {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Reads an inventory and checks it, offline.";

    private static final String[] DESCRIPTION = {
        SUMMARY,
        "",
        "All errors are reported in one run, each with its place, the line and a caret, what would be valid there, "
                + "and what was probably meant."
    };
    private static final String[] FOOTER = {"", "Example:", "  linkctl check inventories/ecmp.groovy"};
    private static final String[] EXIT_STATUS = {"0:the inventory is valid; there may be warnings", "1:it has errors"};

    private final CommandContext context;
    private final InventoryArgument inventory = new InventoryArgument();
    private final ShowOptions show = new ShowOptions();

    CheckCommand(CommandContext context) {
        this.context = context;
    }

    /** Its model, written out as {@link ShowOptions} is. */
    CommandLine commandLine() {
        CommandSpec command = CommandSpec.wrapWithoutInspection(this).name("check");
        command.usageMessage()
                .description(DESCRIPTION)
                .footer(FOOTER)
                .exitCodeList(UsageMessageSpec.keyValuesMap(EXIT_STATUS));
        inventory.addTo(command);
        show.addTo(command);
        return new CommandLine(command);
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("check", context, show);
        if (!read.warnings().isEmpty()) {
            context.message(
                    read.warned(show.errPaint(context.terminal())) + "\n" + CheckText.counted(read.warnings()) + "\n");
        }
        context.print(CheckText.summary(read.file().toString(), read.fabric(), show.style(context.terminal())));
        return ExitStatus.OK;
    }
}
