package org.linkctl.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.linkctl.engine.script.CommandBatch;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.FileBatch;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.ShellId;
import org.linkctl.engine.script.ShellStart;
import org.linkctl.engine.script.StepProgress;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * Scripts and their replies as hosts get and give them, with a shell of this machine's, for the AOT cache: they ask for what
 * everybody may read, and change nothing.
 */
final class PracticeShell {
    private static final Set<Question<?>> QUESTIONS = Set.of(
            Question.file("/etc/hosts"),
            Question.file("/etc/os-release"),
            Question.command("stat", "-c", "%f %U:%G %n", "/", "/etc"),
            Question.command("stat", "-c", "%f %U:%G %n", "/", "/usr"),
            Question.command("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", "dpkg"),
            Question.command("ls", "/"));

    private PracticeShell() {}

    /**
     * @return the folder that it had for this, and takes away; empty where it did not answer: such a machine starts linkctl a
     *     little slower, and that is all
     */
    static Optional<Path> ask() {
        try {
            Process shell = new ProcessBuilder("/bin/sh", "-s")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream out = shell.getOutputStream();
                    InputStream in = new BufferedInputStream(shell.getInputStream())) {
                return Optional.of(Path.of(talk(in, out)));
            } finally {
                // Its input has ended: it cleans up, and ends.
                shell.onExit()
                        .completeOnTimeout(shell, 5, TimeUnit.SECONDS)
                        .join()
                        .destroy();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String talk(InputStream in, OutputStream out) throws IOException {
        Limits limits = Limits.of(Duration.ofSeconds(10));
        ShellStart start = new ShellStart(limits);
        send(out, start.input());
        ShellId shell = start.read(in);
        CommandBatch commands = new CommandBatch(QUESTIONS);
        FileBatch files = new FileBatch(commands.questions());
        Answers answers =
                commands.answers(files.answers(answers(Exchange.questions(files.questions(), limits), in, out)));
        commands.unanswered(answers);
        answers(Exchange.steps(List.of(Step.run("true")), limits, StepProgress.NONE), in, out);
        return shell.folder();
    }

    private static <T> T answers(Exchange<T> exchange, InputStream in, OutputStream out) throws IOException {
        send(out, exchange.input());
        return exchange.read(in);
    }

    private static void send(OutputStream out, byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }
}
