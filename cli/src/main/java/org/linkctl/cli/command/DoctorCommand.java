package org.linkctl.cli.command;

import java.util.Map;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.LimitOption;
import org.linkctl.cli.option.SelectionOptions;
import org.linkctl.cli.run.HostRuns;
import org.linkctl.cli.show.DoctorJson;
import org.linkctl.cli.show.DoctorText;
import org.linkctl.engine.Checkup;
import org.linkctl.model.Host;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells what on the hosts is in the way of an inventory, before or after it is applied. */
@Command(
        name = "doctor",
        description = {
            DoctorCommand.SUMMARY,
            "",
            "It looks at the login, the system, the network stack, kernel modules, packages, the clock, disk space, other"
                    + " packet filters, the paths between tunnel ends (MTU, NAT, UDP ports) and LACP, and says what cures"
                    + " what it finds. Some pings and UDP datagrams are sent between the hosts."
        },
        footer = {"", "Example:", "  linkctl doctor prod.groovy"},
        exitCodeList = {
            "0:nothing is in the way; what is doubtful is shown",
            "1:an error",
            "3:a host was unreachable, or linkctl does not become root there",
            "5:something is in the way on a host"
        })
final class DoctorCommand extends HostCommand {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY =
            "Tells what on the hosts is in the way of an inventory, and how to cure it; changes nothing.";

    @Option(names = "--json", order = 1, description = "What was found, as data (docs/plan-json.md).")
    private boolean json;

    @Mixin
    private final LimitOption limit = new LimitOption();

    DoctorCommand(CommandContext context) {
        super(context);
    }

    @Override
    public Integer call() {
        InventoryArgument.Read read = inventory.read("doctor", context, show);
        HostRuns runs = runs(new SelectionOptions(limit));
        Map<Host, Checkup> found = runs.diagnose(read.fabric());
        runs.clearProgress();
        context.print(json ? DoctorJson.of(read.fabric(), found) : DoctorText.of(found, style()));
        return ExitStatus.ofCheckups(found.values());
    }
}
