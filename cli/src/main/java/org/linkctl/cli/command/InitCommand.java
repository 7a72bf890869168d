package org.linkctl.cli.command;
import org.linkctl.cli.context.CommandContext;
import picocli.CommandLine;
final class InitCommand { static final String SUMMARY="x"; InitCommand(CommandContext c){} CommandLine commandLine(){return new CommandLine(picocli.CommandLine.Model.CommandSpec.create());}}
