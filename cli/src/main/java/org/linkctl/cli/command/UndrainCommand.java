package org.linkctl.cli.command;

import org.linkctl.cli.context.CommandContext;
import picocli.CommandLine.Command;

/** Puts back what was taken out of service. */
@Command(
        name = "undrain",
        description = {
            UndrainCommand.SUMMARY,
            "",
            "A host of a pair becomes master again where the pair prefers it and preempts, and otherwise stands by."
        },
        footer = {"", "Examples:", "  linkctl undrain ab0 prod.groovy", "  linkctl undrain web-ch prod.groovy"},
        exitCodeList = {
            "0:done, or it was so before",
            "1:an error",
            "3:a host was unreachable",
            "4:refused; nothing was changed",
            "5:a host did not do it, or undid it",
            "7:another run has one of the hosts; nothing was changed"
        })
final class UndrainCommand extends AbstractDrainCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Puts back into service what `linkctl drain` took out.";

    UndrainCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return drain(false);
    }
}
