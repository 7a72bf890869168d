package org.linkctl.cli.lab;

import picocli.CommandLine.Option;

/** A command whose only common option is --help. */
public abstract class CommandWithHelp {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 82,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli looks at the annotation alone
    private boolean help;
}
