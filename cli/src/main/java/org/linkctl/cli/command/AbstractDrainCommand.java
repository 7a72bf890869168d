package org.linkctl.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SafetyOptions;
import org.linkctl.cli.option.SecretSources;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.run.DrainRun;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.run.SecretLookup;
import org.linkctl.engine.Drain;
import org.linkctl.engine.Safety;
import org.linkctl.plan.Way;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What takes something out of service, or puts it back. */
abstract class AbstractDrainCommand implements Callable<Integer>, WrittenOutOptions {
    private final CommandContext context;

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "A tunnel of a route, or a group of them; a host; a site whose hosts are published.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String name;

    @Parameters(index = "1", paramLabel = "INVENTORY", description = "The file that declares it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private Path file;

    @Option(
            names = "--force",
            order = 1,
            description = "Also where a host that has to know it cannot be reached, or nothing else could stand in.")
    private boolean force;

    @Mixin
    private final SafetyOptions safety = new SafetyOptions();

    @Mixin
    private final SecretSources where = new SecretSources();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    private final ShowOptions show = new ShowOptions();

    AbstractDrainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void addTo(CommandSpec command) {
        show.addTo(command);
    }

    /** @param out false: it is put back */
    final int drain(boolean out) {
        InventoryArgument.Read read = new InventoryArgument().read(file, context, show);
        Safety guard = safety.safety(read.file(), read.fabric().name(), context);
        HostRuns runs = new HostRuns(context, connection, new SelectionOptions(), show);
        SecretLookup secrets = new SecretLookup(where.providers(), context, show);
        return new DrainRun(context, show, secrets, read, guard).drain(new Drain(way(read), out, force), runs);
    }

    private Way way(InventoryArgument.Read read) {
        try {
            return Way.of(read.fabric(), name);
        } catch (Way.NotDrainable e) {
            throw new Failure(read.file() + ": " + e.getMessage());
        }
    }
}
