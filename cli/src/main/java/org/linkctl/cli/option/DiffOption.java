package org.linkctl.cli.option;

import org.linkctl.cli.show.TextStyle;
import picocli.CommandLine.Option;

/** Whether a plan shows the content of files, or a summary. */
public final class DiffOption {
    @Option(
            names = "--diff",
            order = 3,
            description = "Show what changes in files and in long values, line by line; without it, how many lines do.")
    private boolean diff;

    public TextStyle style(TextStyle style) {
        return diff ? style.with(TextStyle.Detail.DIFF) : style;
    }
}
