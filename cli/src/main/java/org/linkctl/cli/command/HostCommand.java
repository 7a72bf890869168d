package org.linkctl.cli.command;

import java.util.concurrent.Callable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.show.TextStyle;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** A command that reads an inventory and connects to its hosts. */
abstract class HostCommand implements Callable<Integer>, WrittenOutOptions {
    final CommandContext context;

    final InventoryArgument inventory = new InventoryArgument();

    @Mixin
    final ConnectionOptions connection = new ConnectionOptions();

    final ShowOptions show = new ShowOptions();

    HostCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void addTo(CommandSpec command) {
        inventory.addTo(command);
        show.addTo(command);
    }

    HostRuns runs(SelectionOptions selection) {
        return new HostRuns(context, connection, selection, show);
    }

    /** How results are written to the standard output. */
    TextStyle style() {
        return show.style(context.terminal());
    }
}
