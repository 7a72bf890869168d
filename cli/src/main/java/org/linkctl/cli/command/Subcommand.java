package org.linkctl.cli.command;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiFunction;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.lab.DemoCommand;
import org.linkctl.cli.lab.LabCommand;
import org.linkctl.cli.option.WrittenOutOptions;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The subcommands, in the order of the help. What picocli reads from the annotations of all of them takes longer than
 * most commands do, so one is built only where the arguments name it.
 */
enum Subcommand {
    INIT(InitCommand.SUMMARY),
    IMPORT(ImportCommand.SUMMARY),
    CHECK(CheckCommand.SUMMARY),
    DOCTOR(DoctorCommand.SUMMARY),
    RENDER(RenderCommand.SUMMARY),
    PLAN(PlanCommand.SUMMARY),
    APPLY(ApplyCommand.SUMMARY),
    VERIFY(VerifyCommand.SUMMARY),
    RUN(RunCommand.SUMMARY),
    HISTORY(HistoryCommand.SUMMARY),
    ROLLBACK(RollbackCommand.SUMMARY),
    DRAIN(DrainCommand.SUMMARY),
    UNDRAIN(UndrainCommand.SUMMARY),
    FORGET(ForgetCommand.SUMMARY),
    DEMO(DemoCommand.SUMMARY),
    LAB(LabCommand.SUMMARY),
    VERSION(VersionCommand.SUMMARY);

    private final String summary;

    Subcommand(String summary) {
        this.summary = summary;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether an argument is its name, or a file of arguments ({@code @FILE}), which may name it. */
    boolean isNamed(String... args) {
        return Arrays.stream(args).anyMatch(arg -> arg.equals(word()) || arg.startsWith("@"));
    }

    /** The command, with its options. */
    CommandLine build(CommandContext context, BiFunction<String, String[], Integer> whole) {
        return switch (this) {
            case INIT -> new InitCommand(context).commandLine();
            case DOCTOR -> WrittenOutOptions.commandLine(new DoctorCommand(context));
            case IMPORT -> WrittenOutOptions.commandLine(new ImportCommand(context));
            case CHECK -> new CheckCommand(context).commandLine();
            case RENDER -> WrittenOutOptions.commandLine(new RenderCommand(context));
            case PLAN -> WrittenOutOptions.commandLine(new PlanCommand(context));
            case APPLY -> WrittenOutOptions.commandLine(new ApplyCommand(context));
            case VERIFY -> WrittenOutOptions.commandLine(new VerifyCommand(context));
            case RUN -> WrittenOutOptions.commandLine(new RunCommand(context));
            case HISTORY -> WrittenOutOptions.commandLine(new HistoryCommand(context));
            case ROLLBACK -> WrittenOutOptions.commandLine(new RollbackCommand(context));
            case DRAIN -> WrittenOutOptions.commandLine(new DrainCommand(context));
            case UNDRAIN -> WrittenOutOptions.commandLine(new UndrainCommand(context));
            case FORGET -> WrittenOutOptions.commandLine(new ForgetCommand(context));
            case DEMO -> new CommandLine(new DemoCommand(context, whole));
            case LAB -> LabCommand.commandLine(context);
            case VERSION -> new VersionCommand(context).commandLine();
        };
    }

    /** What stands for it in the list of commands. */
    CommandLine listed() {
        CommandSpec spec = CommandSpec.create().name(word());
        spec.usageMessage().description(summary);
        return new CommandLine(spec);
    }
}
