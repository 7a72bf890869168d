package org.linkctl.cli.command;

import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;

/** {@code --events}: the standard output is kept for events, from now on. */
final class EventsOption {
    private EventsOption() {}

    /** @throws Failure where the other options leave nothing to follow, or want the standard output for something else */
    static void open(String command, CommandContext context, boolean json, boolean yes, boolean dryRun) {
        if (json)
            throw new Failure(
                    command + " --events and --json both write to standard output: say one of them; the record of"
                            + " the run has what --json prints");
        if (dryRun)
            throw new Failure(
                    command + " --events tells what happens, and with --dry-run nothing does: --json has the plan");
        if (!yes) throw new Failure(command + " --events cannot ask: say --yes as well");
        context.events().open();
    }
}
