package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.Said;
import org.linkctl.model.Become;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * Finds the way to root on a host: none for root itself; without a password where that is allowed; else with one,
 * which is tried alone first, so that a wrong one costs one failed try and no line of a script is taken for another.
 */
final class BecomeRoot {
    private static final Question.Command WHO = Question.command("id", "-u");

    private final Passwords passwords;
    private final Limits limits;

    BecomeRoot(Passwords passwords, Limits limits) {
        this.passwords = passwords;
        this.limits = limits;
    }

    /** A root's shell that was opened, and how. */
    record Rooted(Shell shell, RootShell open) {}

    /**
     * Opens a shell that is root's.
     *
     * @throws Unreachable saying what each tool said
     * @throws Lost where the connection ended meanwhile
     */
    Rooted on(SSHClient client, SshOptions options, Become become, String host) throws IOException {
        if (become == Become.NONE || options.user().equals("root")) return again(client, new Shell.Plain());
        List<String> tools = switch (become) {
            case SUDO -> List.of("sudo");
            case DOAS -> List.of("doas");
            case AUTO, NONE -> List.of("sudo", "doas");
        };
        List<String> said = new ArrayList<>();
        List<String> present = new ArrayList<>();
        boolean asks = false;
        for (String tool : tools) {
            switch (attempt(client, new Shell.Free(tool))) {
                case Attempt.Done(Rooted rooted) -> {
                    return rooted;
                }
                case Attempt.Refused(RootShell.Words words) -> {
                    ToolWords.Meaning meaning = ToolWords.unasked(tool, words);
                    asks |= meaning == ToolWords.Meaning.ASKS;
                    switch (meaning) {
                        case MISSING -> said.add(tool + ": is not there");
                        case REFUSED -> said.add(Said.end(words.text()));
                        case ASKS, WRONG, UNCLEAR -> present.add(tool);
                    }
                }
            }
        }
        if (!asks) account(client, options);
        for (String tool : present) {
            Optional<Rooted> rooted = withPassword(client, options, tool, host, said);
            if (rooted.isPresent()) return rooted.get();
        }
        throw new Unreachable(
                "logged in as " + options.user() + ", but cannot become root: " + String.join("; ", said));
    }

    /**
     * Where no tool was reached, it may be for the account that it runs nothing.
     *
     * @throws Unreachable where that is so
     */
    private void account(SSHClient client, SshOptions options) throws IOException {
        try (RootShell plain = RootShell.open(client, new Shell.Plain(), limits)) {
            plain.talk(Exchange.asking(List.of(WHO), limits));
        } catch (RootShell.Refusal e) {
            throw new Unreachable(
                    Account.closed(options.user(), e).orElse("logged in as " + options.user() + ": " + e.getMessage()),
                    e);
        }
    }

    /** Opens a shell in the way that was found before, over a new connection. */
    Rooted again(SSHClient client, Shell shell) throws IOException {
        return new Rooted(shell, RootShell.open(client, shell, limits));
    }

    private Optional<Rooted> withPassword(
            SSHClient client, SshOptions options, String tool, String host, List<String> said) throws Lost {
        String what = tool + " password of " + options.user();
        String again = what + " on " + host + " (the first one was refused there)";
        for (String prompt : List.of(what, again)) {
            Optional<Secret> password = passwords.of(prompt);
            if (password.isEmpty()) {
                said.add(tool + " wants a password, and none was given");
                return Optional.empty();
            }
            Shell shell = tool.equals("sudo")
                    ? new Shell.SudoPassword(password.get())
                    : new Shell.DoasPassword(password.get());
            switch (careful(client, shell)) {
                case Attempt.Done(Rooted rooted) -> {
                    return Optional.of(rooted);
                }
                case Attempt.Refused(RootShell.Words words) -> {
                    if (ToolWords.answered(words) != ToolWords.Meaning.WRONG) {
                        said.add(tool + ": " + Said.end(words.text()));
                        return Optional.empty();
                    }
                }
            }
        }
        said.add(tool + ": wrong password");
        return Optional.empty();
    }

    /** What opening a shell came to. */
    private sealed interface Attempt {
        record Done(Rooted rooted) implements Attempt {}

        record Refused(RootShell.Words words) implements Attempt {}
    }

    /**
     * Where the password goes the way of the scripts, it is said alone first: an early end of the input is no second
     * try, and no line of a script is taken for one.
     */
    private Attempt careful(SSHClient client, Shell shell) throws Lost {
        if (shell.terminal()) return attempt(client, shell);
        try {
            RootShell.Words words = RootShell.knock(client, shell, limits);
            return words == null ? attempt(client, shell) : new Attempt.Refused(words);
        } catch (Lost e) {
            throw e;
        } catch (IOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /** Opens a shell and asks it who it is. */
    private Attempt attempt(SSHClient client, Shell shell) throws Lost {
        try {
            Rooted rooted = again(client, shell);
            Answers answers = rooted.open().talk(Exchange.asking(List.of(WHO), limits));
            Answer.Output who = answers.to(WHO);
            if (who.stdout().strip().equals("0")) return new Attempt.Done(rooted);
            rooted.open().close();
            return refused("it runs as uid " + Said.start(who.stdout()));
        } catch (Lost e) {
            throw e;
        } catch (RootShell.Refusal e) {
            return new Attempt.Refused(
                    e.words().text().isEmpty()
                            ? new RootShell.Words(
                                    String.valueOf(e.getMessage()), e.words().status())
                            : e.words());
        } catch (IOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Attempt.Refused refused(String why) {
        return new Attempt.Refused(new RootShell.Words(why, null));
    }
}
