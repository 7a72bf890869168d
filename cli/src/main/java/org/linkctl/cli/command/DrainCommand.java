package org.linkctl.cli.command;

import org.linkctl.cli.context.CommandContext;
import picocli.CommandLine.Command;

/** Takes something out of service. */
@Command(
        name = "drain",
        description = {
            DrainCommand.SUMMARY,
            "",
            "A tunnel leaves its routes at both ends and stays up. A host of a pair gives its role to the other one, and"
                    + " does not take it back. A host that is published gets no new connections; those that it has end"
                    + " by themselves.",
            "",
            "The hosts keep it, after a boot, too. `plan`, `apply` and `verify` say who did it and when, and leave it"
                    + " so. Refused where nothing else would be left, and where a host differs from the inventory in"
                    + " what would be changed."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl drain ab0 prod.groovy",
            "  linkctl drain lb1 prod.groovy",
            "  linkctl drain web-ch prod.groovy"
        },
        exitCodeList = {
            "0:done, or it was so before",
            "1:an error",
            "3:a host was unreachable",
            "4:refused; nothing was changed",
            "5:a host did not do it, or undid it",
            "7:another run has one of the hosts; nothing was changed"
        })
final class DrainCommand extends AbstractDrainCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Takes something out of service without a connection lost, until `linkctl undrain`.";

    DrainCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        return drain(true);
    }
}
