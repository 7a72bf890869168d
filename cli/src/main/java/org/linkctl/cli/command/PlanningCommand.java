package org.linkctl.cli.command;

import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.DiffOption;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SecretOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.UndeclaredOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.SecretLookup;
import org.linkctl.cli.run.SentFiles;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextStyle;
import picocli.CommandLine.Mixin;

/** A command that plans a whole inventory: secrets are looked up, and what is no longer declared is part of the plan. */
abstract class PlanningCommand extends HostCommand {
    @Mixin
    final UndeclaredOptions undeclared = new UndeclaredOptions();

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Mixin
    final SecretOptions secrets = new SecretOptions();

    PlanningCommand(CommandContext context) {
        super(context);
    }

    /** Gives runs what they need to plan: the secrets, and what becomes of resources that are no longer declared. */
    HostRuns planning(HostRuns runs, InventoryArgument.Read read) {
        runs.undeclared(undeclared.undeclared());
        runs.useSecrets(new SecretLookup(secrets.providers(), context, show).secrets(read, selection, secrets, runs));
        return runs;
    }

    /**
     * Has the files at hand that a plan sends.
     *
     * @param fetching whether to fetch what is not on this machine
     * @throws Failure where one is not there, or not what the inventory says
     */
    void files(InventoryArgument.Read read, HostRuns runs, PlanReport plan, boolean fetching) {
        SentFiles.require(context, show, read, runs, plan, fetching);
    }

    TextStyle style(DiffOption diff) {
        return diff.style(style());
    }

    /** @param detailed {@code --detailed-exitcode}: a plan that would change something ends with a status of its own */
    static int status(PlanReport plan, boolean detailed) {
        int status = ExitStatus.of(plan.outcomes().values());
        return status == ExitStatus.OK && detailed && plan.counts().hosts() > 0 ? ExitStatus.CHANGES : status;
    }
}
