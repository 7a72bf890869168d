package org.linkctl.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.cli.show.Paint;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The root command and its subcommands. Its model is written out: every start builds it, and reading annotations takes
 * longer.
 */
public final class Linkctl implements Runnable {
    /** Columns below which picocli writes no help (UsageMessageSpec.width). */
    private static final int NARROWEST = 55;

    private static final String[] DESCRIPTION = {
        "Declarative provisioning of the links between sites: bonds, WireGuard tunnels, routes over several paths.",
        "",
        "One file declares the wanted state; linkctl reads the actual one, shows the difference, makes it, and"
                + " checks the result."
    };
    private static final String[] FOOTER = {
        "",
        "First steps:",
        "  linkctl demo                                    all of it, on hosts of its own",
        "  linkctl check inventories/ecmp.groovy           is the file valid?",
        "  linkctl render inventories/ecmp.groovy -o out   what would be on the hosts",
        "  linkctl plan inventories/ecmp.groovy            what would change",
        "  linkctl apply inventories/ecmp.groovy           change it",
        "  linkctl COMMAND --help                          more on each"
    };
    private static final String[] EXIT_STATUS = {
        "0:all went well",
        "1:an error: the arguments, the inventory, a file, output that cannot be written",
        "2:with --detailed-exitcode: something would change",
        "3:a host was unreachable",
        "4:refused: a host's state, or a change that needs --allow-cut",
        "5:a host is not as the inventory says: not converged, rolled back, not healthy",
        "6:the answer was no; nothing was changed",
        "7:another run has one of the hosts; nothing was changed",
        "130:interrupted"
    };

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this)
            .name("linkctl")
            .addOption(flag("Show this help.", "-h", "--help").usageHelp(true).build())
            .addOption(flag("Show the version, as `linkctl version` does.", "--version")
                    .versionHelp(true)
                    .build());

    private Linkctl() {
        spec.usageMessage()
                .description(DESCRIPTION)
                .footer(FOOTER)
                .exitCodeList(UsageMessageSpec.keyValuesMap(EXIT_STATUS));
    }

    private static OptionSpec.Builder flag(String description, String... names) {
        return OptionSpec.builder(names).type(boolean.class).arity("0").description(description);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut(), spec.commandLine().getColorScheme());
    }

    /**
     * The command that {@code args} begins with; where it begins with an option, all of them, those that it names ready
     * to be given arguments, the others by name and summary.
     *
     * @param whole runs linkctl once more with its usual error handling, for commands that consist of others; its first
     *     argument is the name of the part
     */
    public static CommandLine commandLine(
            CommandContext context, Paint paint, BiFunction<String, String[], Integer> whole, String... args) {
        CommandLine root = new CommandLine(new Linkctl().spec);
        boolean listed = args.length == 0 || args[0].startsWith("-") || args[0].startsWith("@");
        for (Subcommand one : Subcommand.values()) {
            if (listed ? one.isNamed(args) : one.word().equals(args[0])) {
                root.addSubcommand(one.word(), one.build(context, whole));
            } else if (listed) {
                root.addSubcommand(one.word(), one.listed());
            }
        }
        Terminal terminal = context.terminal();
        root.setOut(terminal.out());
        root.setErr(terminal.err());
        root.setUsageHelpWidth(Math.max(NARROWEST, terminal.width()));
        root.setColorScheme(Help.defaultColorScheme(paint == Paint.COLOR ? Help.Ansi.ON : Help.Ansi.OFF));
        root.setCaseInsensitiveEnumValuesAllowed(true);
        root.setAbbreviatedOptionsAllowed(false);
        root.setExecutionStrategy(Linkctl::execute);
        root.getCommandSpec().versionProvider(() -> new String[] {VersionCommand.line()});
        teach(root);
        return root;
    }

    /** The words of all commands. */
    public static List<String> words() {
        return Arrays.stream(Subcommand.values()).map(Subcommand::word).toList();
    }

    /** Rejects unknown arguments beside --help and --version, which picocli would ignore. */
    private static int execute(ParseResult given) {
        for (CommandLine command : given.asCommandLineList()) {
            List<String> unknown = command.getUnmatchedArguments();
            if (!unknown.isEmpty()) throw new UnmatchedArgumentException(command, unknown);
        }
        return new RunLast().execute(given);
    }

    private static void teach(CommandLine command) {
        command.getSubcommands().values().forEach(Linkctl::teach);
        CommandSpec spec = command.getCommandSpec();
        Stream<String> operands = spec.subcommands().isEmpty()
                ? spec.positionalParameters().stream().map(one -> one.paramLabel())
                : Stream.of("COMMAND");
        String synopsis = Stream.concat(Stream.of(spec.qualifiedName(), "[OPTIONS]"), operands)
                .collect(Collectors.joining(" "));
        spec.usageMessage()
                .customSynopsis(synopsis)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit status:%n")
                .sortOptions(false);
    }

    /** Colours for the help and for errors, before the arguments are understood. */
    public static Paint paint(String[] args, Terminal terminal, Terminal.Stream stream) {
        String when = "auto";
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--color=")) when = args[i].substring("--color=".length());
            if (args[i].equals("--color") && i + 1 < args.length) when = args[i + 1];
        }
        return ShowOptions.paint(when, terminal, stream);
    }
}
