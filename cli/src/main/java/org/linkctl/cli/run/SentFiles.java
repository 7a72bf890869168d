package org.linkctl.cli.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.files.Download;
import org.linkctl.cli.files.FileLookup;
import org.linkctl.cli.io.UserFolders;
import org.linkctl.cli.option.InventoryArgument;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.show.CheckText;
import org.linkctl.cli.show.PlanReport;
import org.linkctl.diag.Diagnostic;
import org.linkctl.shell.Artifact;

/** The files that a plan sends to hosts. */
public final class SentFiles {
    private SentFiles() {}

    /**
     * Has them at hand.
     *
     * @param fetching whether to fetch what is not on this machine
     * @throws Failure where one is not there, or not what the inventory says
     */
    public static void require(
            CommandContext context,
            ShowOptions show,
            InventoryArgument.Read read,
            HostRuns runs,
            PlanReport plan,
            boolean fetching) {
        Set<Artifact> sent = FileLookup.sent(plan.outcomes().values());
        if (sent.isEmpty()) return;
        Path folder =
                Optional.ofNullable(read.file().toAbsolutePath().getParent()).orElseThrow();
        Map<String, String> environment = context.terminal().environment();
        Optional<Path> cache = UserFolders.cache(environment);
        List<Diagnostic> wrong =
                new FileLookup(folder, cache, new Download(environment), runs.files()).find(sent, fetching);
        if (wrong.isEmpty()) return;
        throw new Failure(CheckText.diagnostics(wrong, read.sourceLine(), show.errPaint(context.terminal())) + "\n"
                + CheckText.counted(wrong));
    }
}
