package org.linkctl.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.cli.command.Linkctl;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.context.Installation;
import org.linkctl.cli.io.Terminal;
import org.linkctl.cli.show.Paint;
import org.linkctl.diag.Suggest;
import org.linkctl.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs the command once: arguments in, exit status out. */
public final class Cli {
    /** The text of EPIPE (strerror(3)): the reader has closed the pipe and knows it. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final Terminal terminal;
    private final Installation installation;

    public Cli(Terminal terminal, Installation installation) {
        this.terminal = terminal;
        this.installation = installation;
    }

    /** Runs a command. Never throws: every error goes to standard error, with a stack trace only under -vv. */
    public int run(String... args) {
        return part("", args);
    }

    /** @param part the name of the demo's part that this command is; empty: none */
    private int part(String part, String[] args) {
        CommandContext context = new CommandContext(terminal, installation, part);
        String[] words = words(args);
        CommandLine command =
                Linkctl.commandLine(context, Linkctl.paint(args, terminal, Terminal.Stream.OUT), this::part, words);
        Paint paint = Linkctl.paint(args, terminal, Terminal.Stream.ERR);
        command.setParameterExceptionHandler((problem, given) -> misused(problem, paint));
        command.setExecutionExceptionHandler((problem, where, result) -> failed(problem, args, paint));
        int status = command.execute(words);
        terminal.flush();
        return written(status, context, paint);
    }

    /** {@code linkctl help plan} means {@code linkctl plan --help}. */
    private static String[] words(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) return args;
        return Stream.concat(Arrays.stream(args).skip(1), Stream.of("--help")).toArray(String[]::new);
    }

    /**
     * The exit status, an error where output was lost: a script that reads half of it must not take it for the whole.
     */
    private int written(int status, CommandContext context, Paint paint) {
        boolean worse = status != ExitStatus.OK && status != ExitStatus.CHANGES;
        Optional<String> why = terminal.anyLost();
        if (why.filter(BROKEN_PIPE::equals).isPresent()) return worse ? status : ExitStatus.PIPE;
        why.ifPresent(lost -> context.losses().add("the output cannot be written: " + lost));
        context.losses().forEach(lost -> terminal.err().println(paint.alarm("linkctl: " + lost)));
        terminal.flush();
        return worse || context.losses().isEmpty() ? status : ExitStatus.ERROR;
    }

    private int misused(ParameterException problem, Paint paint) {
        CommandLine where = problem.getCommandLine();
        String name = where.getCommandSpec().qualifiedName();
        PrintWriter err = terminal.err();
        err.println(paint.alarm(name) + ": " + message(problem));
        err.println("See `" + name + " --help`.");
        return ExitStatus.ERROR;
    }

    private static String message(ParameterException problem) {
        if (!(problem instanceof UnmatchedArgumentException unmatched)) return String.valueOf(problem.getMessage());
        String word = unmatched.getUnmatched().getFirst();
        CommandLine where = problem.getCommandLine();
        boolean option = word.startsWith("-");
        List<String> known = option
                ? where.getCommandSpec().options().stream()
                        .flatMap(one -> Arrays.stream(one.names()))
                        .toList()
                : where.getParent() == null
                        ? Linkctl.words()
                        : List.copyOf(where.getSubcommands().keySet());
        String what = option ? "no option" : known.isEmpty() ? "one argument too many:" : "no command";
        Optional<String> guess = Suggest.closest(word.replaceFirst("=.*", ""), known);
        return what + " '" + word + "'"
                + guess.map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    private int failed(Exception problem, String[] args, Paint paint) {
        PrintWriter err = terminal.err();
        if (problem instanceof CommandContext.Unwritten)
            return ExitStatus.OK; // written() reports lost output at the end.
        if (problem instanceof Failure || problem instanceof LabException) {
            err.println(problem.getMessage());
            if (verbosity(args) > 1) problem.printStackTrace(err);
            return problem instanceof Failure failure ? failure.status() : ExitStatus.ERROR;
        }
        String text = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        boolean input = problem instanceof java.io.IOException;
        err.println(paint.alarm(input ? "linkctl: " + problem : "linkctl: " + text));
        if (verbosity(args) > 1) problem.printStackTrace(err);
        else if (!input) err.println("This is a mistake in linkctl; with -vv it shows where.");
        return ExitStatus.ERROR;
    }

    private static long verbosity(String[] args) {
        return Stream.of(args)
                .filter(arg -> arg.equals("--verbose") || arg.matches("-v+"))
                .mapToLong(arg -> arg.startsWith("--") ? 1 : arg.length() - 1)
                .sum();
    }
}
