package org.linkctl.cli.command;

import java.util.Map;
import java.util.concurrent.Callable;
import org.linkctl.cli.show.HealthJson;
import org.linkctl.cli.show.HealthText;
import org.linkctl.engine.Health;
import org.linkctl.model.Fabric;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells whether the network works, not only whether it is configured. */
@Command(
        name = "verify",
        description = {
            "Tells whether the network is in health; changes nothing.",
            "",
            "Handshakes at both ends, a ping over each tunnel, LACP really negotiated, routes with all their nexthops, "
                    + "hash policy, the MTU that passes without fragments."
        },
        footer = {"", "Example:", "  linkctl verify prod.groovy"},
        exitCodeList = {
            "0:nothing is bad; what is doubtful is shown",
            "1:something is bad, an error, or a host was unreachable or refused"
        })
final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final InventoryArgument inventory = new InventoryArgument();

    @Option(names = "--json", order = 1, description = "The findings as data (docs/plan-json.md).")
    private boolean json;

    @Mixin
    private final SelectionOptions selection = new SelectionOptions();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final ShowOptions show = new ShowOptions();

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Fabric fabric = inventory.read("verify", session, show).fabric();
        Runs runs = new Runs(session, connection, selection, show);
        Map<Host, Health> health = runs.examine(fabric);
        runs.quiet();
        session.print(
                json ? HealthJson.of(fabric.name(), health) : HealthText.of(health, show.look(session.terminal())));
        return HealthText.passes(health) ? Exit.OK : Exit.ERROR;
    }
}
