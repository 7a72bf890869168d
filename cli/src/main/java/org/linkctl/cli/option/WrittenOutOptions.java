package org.linkctl.cli.option;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Options whose model is written out, since picocli takes longer to read annotations than the commands that are called
 * most often take for all else.
 */
public interface WrittenOutOptions {
    void addTo(CommandSpec command);

    /** An annotated command that also has options which are written out. */
    static <C extends WrittenOutOptions> CommandLine commandLine(C annotated) {
        CommandLine command = new CommandLine(annotated);
        annotated.addTo(command.getCommandSpec());
        return command;
    }
}
