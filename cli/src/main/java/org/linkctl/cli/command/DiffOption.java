package org.linkctl.cli.command;

import org.linkctl.cli.show.Look;
import picocli.CommandLine.Option;

/** Whether a plan is shown in short, or with what is in files. */
final class DiffOption {
    @Option(
            names = "--diff",
            order = 3,
            description = "Show what changes in files and in long values, line by line; without it, how many lines do.")
    private boolean diff;

    Look look(Look look) {
        return diff ? look.with(Look.Detail.DIFF) : look;
    }
}
