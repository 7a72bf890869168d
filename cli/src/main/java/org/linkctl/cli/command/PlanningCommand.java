package org.linkctl.cli.command;

import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.DiffOption;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SecretOptions;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShardOption;
import org.linkctl.cli.option.UndeclaredOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.SecretLookup;
import org.linkctl.cli.run.SentFiles;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.cli.show.TextStyle;
import org.linkctl.engine.Shard;
import picocli.CommandLine.Mixin;

/** A command that plans a whole inventory: secrets are looked up, and what is no longer declared is part of the plan. */
abstract class PlanningCommand extends HostCommand {
    @Mixin
    final UndeclaredOptions undeclared = new UndeclaredOptions();

    @Mixin
    final SelectionOptions selection = new SelectionOptions();

    @Mixin
    final SecretOptions secrets = new SecretOptions();

    @Mixin
    final ShardOption shard = new ShardOption();

    PlanningCommand(CommandContext context) {
        super(context);
    }

    /** Gives runs what they need to plan: the secrets, and what becomes of resources that are no longer declared. */
    HostRuns planning(HostRuns runs, InventoryArgument.Read read) {
        boolean rotates =
                !secrets.rotatedPsks().isEmpty() || !secrets.rotatedKeys().isEmpty();
        shard.refuse(rotates, "new keys", "each shard of an end would make one; say --limit in place of --shard");
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

    /** With more shards than hosts, some have none. */
    int noHosts(Shard part, InventoryArgument.Read read, boolean json) {
        String none = "No host is in shard " + part.index() + " of " + part.count() + ".\n";
        context.print(json ? PlanReport.empty(read.fabric().name()).json() : none);
        return ExitStatus.OK;
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
