package org.linkctl.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ConfirmationPrompt;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.option.ConnectionOptions;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.SafetyOptions;
import org.linkctl.cli.option.SecretSources;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.option.WrittenOutOptions;
import org.linkctl.cli.playbook.PlaybookArgument;
import org.linkctl.cli.playbook.PlaybookExecution;
import org.linkctl.cli.playbook.RunOptions;
import org.linkctl.cli.show.PlaybookJson;
import org.linkctl.cli.show.PlaybookText;
import org.linkctl.cli.show.TextLayout;
import org.linkctl.playbook.Cut;
import org.linkctl.playbook.Playbook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Runs a playbook. */
@Command(
        name = "run",
        description = {
            RunCommand.SUMMARY,
            "",
            "The steps are shown, host by host, before anything is done. The first that fails ends them; what was"
                    + " drained is put back then, and what was done and what was not is told.",
            "",
            "What a step changes is locked, guarded, ordered and recorded as `linkctl apply` does it."
        },
        footer = {
            "",
            "Examples:",
            "  linkctl run playbooks/rolling-reboot.groovy prod.groovy --dry-run",
            "  linkctl run playbooks/rotate-psk.groovy prod.groovy -e tunnels=hq-plant",
            "  linkctl run playbooks/rolling-reboot.groovy prod.groovy -e hosts=vpn1,vpn2"
        },
        exitCodeList = {
            "0:every step was done",
            "1:an error",
            "3:a host was unreachable",
            "4:refused: a step is not possible, or --allow-cut is needed",
            "5:a step failed: a host is not as it has to be",
            "6:the answer was no",
            "7:another run has one of the hosts"
        })
final class RunCommand implements Callable<Integer>, WrittenOutOptions {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Runs a playbook: a procedure over the hosts of an inventory, step by step.";

    private final CommandContext context;
    private final PlaybookArgument playbook = new PlaybookArgument();
    private final InventoryArgument inventory = new InventoryArgument(1);
    private final ShowOptions show = new ShowOptions();

    @Option(
            names = "-e",
            paramLabel = "NAME=VALUE",
            order = 0,
            description = "A value for a parameter of the playbook; may be given several times.")
    private List<String> values = new ArrayList<>();

    @Option(
            names = {"-y", "--yes"},
            order = 1,
            description = "Do not ask, not in the playbook's own `ask` steps either.")
    private boolean yes;

    @Option(names = "--dry-run", order = 2, description = "Show the steps and stop; no host is contacted.")
    private boolean dryRun;

    @Option(
            names = "--json",
            order = 3,
            description =
                    "How it ended, as data (docs/plan-json.md); with --dry-run the steps. Needs --yes or --dry-run.")
    private boolean json;

    @Option(
            names = "--events",
            order = 3,
            description = "What happens, as it happens: one JSON object a line (docs/plan-json.md). Needs --yes.")
    private boolean events;

    @Option(
            names = "--from",
            paramLabel = "STEP",
            order = 4,
            description = "Begin at this step, by its number or by the title of its part.")
    private String from = "1";

    @Option(
            names = "--allow-cut",
            order = 4,
            description = "Allow steps for which traffic has to stop, since it has no other path.")
    private boolean allowCut;

    @Mixin
    private final SafetyOptions safety = new SafetyOptions();

    @Mixin
    private final SecretSources secrets = new SecretSources();

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    RunCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void addTo(CommandSpec command) {
        playbook.addTo(command);
        inventory.addTo(command);
        show.addTo(command);
    }

    @Override
    public Integer call() {
        Path named = playbook.named();
        if (json && !yes && !dryRun) throw new Failure("run --json cannot ask: say --yes or --dry-run as well");
        if (events) EventsOption.open("run", context, json, yes, dryRun);
        Map<String, String> given = given();
        InventoryArgument.Read read = inventory.read("run", context, show);
        Playbook steps = playbook.read(named, read.fabric(), given, !yes, context, show);
        int first = playbook.first(steps, from);
        if (dryRun && json) {
            context.print(PlaybookJson.of(steps, read.fabric(), first, Map.of(), Map.of(), List.of()));
            return ExitStatus.OK;
        }
        if (!json && !events)
            context.print(PlaybookText.of(steps, read.fabric(), first, show.style(context.terminal())));
        if (dryRun) return ExitStatus.OK;
        allowCuts(steps, read, first);
        if (!yes) ConfirmationPrompt.require(context.terminal(), question(steps, first), "nothing was done");
        RunOptions options = new RunOptions(
                connection,
                show,
                secrets,
                safety.safety(read.file(), read.fabric().name(), context),
                !yes,
                json || events,
                allowCut);
        return new PlaybookExecution(context, options, read, steps, first).run();
    }

    private static String question(Playbook steps, int first) {
        long left =
                steps.tasks().stream().filter(task -> task.number() >= first).count();
        return "Do " + TextLayout.count((int) left, "step") + "?";
    }

    private void allowCuts(Playbook steps, InventoryArgument.Read read, int first) {
        if (allowCut || Cut.of(steps, read.fabric(), first).isEmpty()) return;
        throw new Failure(
                ExitStatus.REFUSED,
                "This cuts traffic that has no other path (above), so nothing was done. Say --allow-cut to do it all"
                        + " the same.");
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        for (String one : values) {
            int sign = one.indexOf('=');
            if (sign < 1) throw new Failure("-e: '" + one + "' is no NAME=VALUE");
            String name = one.substring(0, sign);
            if (given.put(name, one.substring(sign + 1)) != null)
                throw new Failure("-e: '" + name + "' is given twice");
        }
        return given;
    }
}
