package org.linkctl.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.linkctl.cli.command.Exit;
import org.linkctl.cli.command.Failure;
import org.linkctl.cli.command.Linkctl;
import org.linkctl.cli.command.Session;
import org.linkctl.cli.show.Paint;
import org.linkctl.diag.Suggest;
import org.linkctl.lab.LabException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run of the command: arguments in, exit status out. */
public final class Cli {
    /** What strerror(3) says of EPIPE: the reader has gone, and knows that it has. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final Terminal terminal;
    private final Parts parts;

    public Cli(Terminal terminal, Parts parts) {
        this.terminal = terminal;
        this.parts = parts;
    }

    /** Never throws: whatever happens is told on the error stream, without a stack trace unless -vv asks for it. */
    public int run(String... args) {
        return part("", args);
    }

    /** @param part of what this is one part */
    private int part(String part, String[] args) {
        Session session = new Session(terminal, parts, part);
        CommandLine command =
                Linkctl.commandLine(session, Linkctl.paint(args, terminal, Terminal.Stream.OUT), this::part);
        Paint paint = Linkctl.paint(args, terminal, Terminal.Stream.ERR);
        command.setParameterExceptionHandler((problem, given) -> misused(problem, paint));
        command.setExecutionExceptionHandler((problem, where, result) -> failed(problem, args, paint));
        int status = command.execute(words(args));
        terminal.flush();
        return written(status, session, paint);
    }

    /** `linkctl help plan` for `linkctl plan --help`, as most programs have it. */
    private static String[] words(String[] args) {
        if (args.length == 0 || !args[0].equals("help")) return args;
        return Stream.concat(Arrays.stream(args).skip(1), Stream.of("--help")).toArray(String[]::new);
    }

    /** What was shown to nobody did not go well: a script that reads half of it shall not take it for all. */
    private int written(int status, Session session, Paint paint) {
        boolean worse = status != Exit.OK && status != Exit.CHANGES;
        Optional<String> why = terminal.anyLost();
        if (why.filter(BROKEN_PIPE::equals).isPresent()) return worse ? status : Exit.PIPE;
        why.ifPresent(lost -> session.losses().add("the output cannot be written: " + lost));
        session.losses().forEach(lost -> terminal.err().println(paint.alarm("linkctl: " + lost)));
        terminal.flush();
        return worse || session.losses().isEmpty() ? status : Exit.ERROR;
    }

    private int misused(ParameterException problem, Paint paint) {
        CommandLine where = problem.getCommandLine();
        String name = where.getCommandSpec().qualifiedName();
        PrintWriter err = terminal.err();
        err.println(paint.alarm(name) + ": " + message(problem));
        err.println("See `" + name + " --help`.");
        return Exit.ERROR;
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
                : List.copyOf(where.getSubcommands().keySet());
        String what = option ? "no option" : known.isEmpty() ? "one argument too many:" : "no command";
        Optional<String> guess = Suggest.closest(word.replaceFirst("=.*", ""), known);
        return what + " '" + word + "'"
                + guess.map(near -> "; did you mean '" + near + "'?").orElse("");
    }

    private int failed(Exception problem, String[] args, Paint paint) {
        PrintWriter err = terminal.err();
        if (problem instanceof Session.Unwritten) return Exit.OK; // What it comes to is told of all output at the end.
        if (problem instanceof Failure || problem instanceof LabException) {
            err.println(problem.getMessage());
            if (verbosity(args) > 1) problem.printStackTrace(err);
            return problem instanceof Failure failure ? failure.status() : Exit.ERROR;
        }
        String text = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        boolean input = problem instanceof java.io.IOException;
        err.println(paint.alarm(input ? "linkctl: " + problem : "linkctl: " + text));
        if (verbosity(args) > 1) problem.printStackTrace(err);
        else if (!input) err.println("This is a mistake in linkctl; with -vv it shows where.");
        return Exit.ERROR;
    }

    private static long verbosity(String[] args) {
        return Stream.of(args)
                .filter(arg -> arg.equals("--verbose") || arg.matches("-v+"))
                .mapToLong(arg -> arg.startsWith("--") ? 1 : arg.length() - 1)
                .sum();
    }
}
