package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.CommandContext;
import org.linkctl.cli.context.ExitStatus;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.context.InterruptHandler;
import org.linkctl.cli.init.FirstInventory;
import org.linkctl.cli.io.PrivateFile;
import org.linkctl.cli.option.ShowOptions;
import org.linkctl.diag.Diagnostic;
import org.linkctl.dsl.Inventory;
import org.linkctl.dsl.Loaded;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Asks a few questions and writes a first inventory. */
final class InitCommand implements Callable<Integer> {
    /** The first line of its help, and its line in the list of all commands. */
    static final String SUMMARY = "Asks a few questions and writes a first inventory.";

    private static final Path USUAL = Path.of("network.groovy");

    private static final String[] DESCRIPTION = {
        SUMMARY,
        "",
        "Each answer is checked at once as `linkctl check` would. Without a terminal the answers are the lines of the"
                + " standard input, in the order of the questions (docs/commands.md); an empty line stands for what is"
                + " usual. A file that is there is not overwritten."
    };
    private static final String[] FOOTER = {"", "Example:", "  linkctl init prod.groovy"};
    private static final String[] EXIT_STATUS = {
        "0:the inventory is written", "1:nothing is written: the file is there, or an answer will not do"
    };

    private final CommandContext context;
    private final ShowOptions show = new ShowOptions();
    private final PositionalParamSpec file = PositionalParamSpec.builder()
            .paramLabel("FILE")
            .index("0")
            .arity("0..1")
            .type(Path.class)
            .description("The file to write (" + USUAL + ").")
            .build();

    InitCommand(CommandContext context) {
        this.context = context;
    }

    /** Its model, written out as {@link ShowOptions} is. */
    CommandLine commandLine() {
        CommandSpec command = CommandSpec.wrapWithoutInspection(this).name("init");
        command.usageMessage()
                .description(DESCRIPTION)
                .footer(FOOTER)
                .exitCodeList(UsageMessageSpec.keyValuesMap(EXIT_STATUS));
        command.addPositional(file);
        show.addTo(command);
        return new CommandLine(command);
    }

    @Override
    public Integer call() {
        @Nullable Path given = file.getValue();
        Path path = given == null ? USUAL : given;
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) throw there(path);
        Path parent = Objects.requireNonNull(path.toAbsolutePath().getParent(), "a file is in a folder");
        if (!Files.isDirectory(parent)) throw new Failure("init: there is no folder " + parent);
        String text = asked();
        try {
            Files.writeString(
                    path, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw there(path);
        } catch (IOException e) {
            throw new Failure("init: '" + path + "' cannot be written: " + PrivateFile.why(e));
        }
        context.print("""
            %1$s is written. What comes next:

              linkctl check %1$s    is it valid? offline
              linkctl doctor %1$s   what on the hosts is in its way
              linkctl plan %1$s     what would change there
            """.formatted(path));
        return ExitStatus.OK;
    }

    private static Failure there(Path path) {
        return new Failure("init: " + path + " is there already, and is not overwritten; name another file:"
                + " linkctl init FILE");
    }

    /** The drafts are read from a folder that goes with the command, however that ends. */
    private String asked() {
        try {
            Path folder = Files.createTempDirectory("linkctl-init");
            Path drafted = folder.resolve("answers.groovy");
            try {
                return InterruptHandler.during(
                        () -> FirstInventory.ask(context.terminal(), text -> wrong(drafted, text)),
                        () -> remove(folder, drafted));
            } finally {
                remove(folder, drafted);
            }
        } catch (IOException e) {
            throw new Failure("init: no temporary file can be made: " + PrivateFile.why(e));
        }
    }

    private static void remove(Path folder, Path drafted) {
        try {
            Files.deleteIfExists(drafted);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            folder.toFile().deleteOnExit();
        }
    }

    private Optional<String> wrong(Path drafted, String text) {
        try {
            Files.writeString(drafted, text);
        } catch (IOException e) {
            throw new Failure("init: '" + drafted + "' cannot be written: " + PrivateFile.why(e));
        }
        Loaded loaded = Inventory.load(drafted, context.installation().limits());
        List<Diagnostic> errors = loaded.diagnostics().stream()
                .filter(one -> one.severity() == Diagnostic.Severity.ERROR)
                .toList();
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(errors.stream().map(InitCommand::text).distinct().collect(Collectors.joining("\n")));
    }

    private static String text(Diagnostic error) {
        String detail = error.detail().contains("answers.groovy:") ? "" : error.detail();
        @Nullable String near = error.suggestion(); // an answer is written without quotes
        String meant = near == null ? "" : "; did you mean " + near.replaceAll("^'(.*)'$", "$1") + "?";
        return error.summary() + meant + (detail.isEmpty() ? "" : "\n  " + detail.replace("\n", "\n  "));
    }
}
