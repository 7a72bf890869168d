package org.linkctl.cli.command;

import picocli.CommandLine.Option;

/** A command that can be asked for help, and has nothing else to show. */
abstract class Helped {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 82,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at the annotation alone
    private boolean help;
}
