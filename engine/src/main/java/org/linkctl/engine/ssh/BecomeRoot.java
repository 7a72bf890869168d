package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.schmizz.sshj.SSHClient;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.SafeText;
import org.linkctl.model.Become;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;

/**
 * Opens a root shell on a host: directly as root; by sudo or doas without a password; else with one. A password is
 * tried alone before any script is sent, so that a wrong one costs one failed attempt and no line of a script is read
 * as a password.
 */
final class BecomeRoot {
    private static final Question.Command WHO = Question.command("id", "-u");

    private final PasswordCache passwords;
    private final Limits limits;

    BecomeRoot(PasswordCache passwords, Limits limits) {
        this.passwords = passwords;
        this.limits = limits;
    }

    /** A root shell, and the command line that opened it. */
    record RootAccess(ShellLaunch shell, RootShell root) {}

    /**
     * Opens a root shell.
     *
     * @throws Unreachable with what each tool said
     * @throws ConnectionLost where the connection ended meanwhile
     */
    RootAccess open(SSHClient client, SshOptions options, Become become, String host) throws IOException {
        if (become == Become.NONE || options.user().equals("root")) return reopen(client, new ShellLaunch.Plain());
        List<String> tools = switch (become) {
            case SUDO -> List.of("sudo");
            case DOAS -> List.of("doas");
            case AUTO, NONE -> List.of("sudo", "doas");
        };
        List<String> said = new ArrayList<>();
        List<String> present = new ArrayList<>();
        boolean asks = false;
        for (String tool : tools) {
            switch (attempt(client, new ShellLaunch.NoPassword(tool))) {
                case Attempt.Done(RootAccess access) -> {
                    return access;
                }
                case Attempt.Refused(ProgramOutput output) -> {
                    EscalationMessages.Meaning meaning = EscalationMessages.withoutPassword(tool, output);
                    asks |= meaning == EscalationMessages.Meaning.ASKS;
                    switch (meaning) {
                        case MISSING -> said.add(tool + ": is not there");
                        case REFUSED -> said.add(SafeText.end(output.text()));
                        case ASKS, WRONG, UNCLEAR -> present.add(tool);
                    }
                }
            }
        }
        if (!asks) requireShellAccess(client, options);
        for (String tool : present) {
            Optional<RootAccess> access = withPassword(client, options, tool, host, said);
            if (access.isPresent()) return access.get();
        }
        throw new Unreachable(
                Unreachable.Stage.ROOT,
                "logged in as " + options.user() + ", but cannot become root: " + String.join("; ", said),
                null,
                "let " + options.user() + " become root there without a password (sudoers(5): '" + options.user()
                        + " ALL=(root) NOPASSWD: /bin/sh'; doas.conf(5): 'permit nopass " + options.user()
                        + "'), give the password on the terminal, or log in as root by key: ssh: 'root@...'");
    }

    /**
     * Where no tool answered, the account itself may run no commands.
     *
     * @throws Unreachable where that is so
     */
    private void requireShellAccess(SSHClient client, SshOptions options) throws IOException {
        try (RootShell plain = RootShell.open(client, new ShellLaunch.Plain(), limits)) {
            plain.exchange(Exchange.questions(List.of(WHO), limits));
        } catch (ScriptRefused e) {
            throw AccountRestriction.unreachable(options.user(), e, "logged in as " + options.user() + ": ");
        }
    }

    /** Opens a shell by the command line that was found before, over a new connection. */
    RootAccess reopen(SSHClient client, ShellLaunch shell) throws IOException {
        return new RootAccess(shell, RootShell.open(client, shell, limits));
    }

    private Optional<RootAccess> withPassword(
            SSHClient client, SshOptions options, String tool, String host, List<String> said) throws ConnectionLost {
        String what = tool + " password of " + options.user();
        String again = what + " on " + host + " (the first one was refused there)";
        for (String prompt : List.of(what, again)) {
            Optional<Secret> password = passwords.of(prompt);
            if (password.isEmpty()) {
                said.add(tool + " wants a password, and none was given");
                return Optional.empty();
            }
            ShellLaunch shell = tool.equals("sudo")
                    ? new ShellLaunch.SudoPassword(password.get())
                    : new ShellLaunch.DoasPassword(password.get());
            switch (attemptWithPassword(client, shell)) {
                case Attempt.Done(RootAccess access) -> {
                    return Optional.of(access);
                }
                case Attempt.Refused(ProgramOutput output) -> {
                    if (EscalationMessages.withPassword(output) != EscalationMessages.Meaning.WRONG) {
                        said.add(tool + ": " + SafeText.end(output.text()));
                        return Optional.empty();
                    }
                }
            }
        }
        said.add(tool + ": wrong password");
        return Optional.empty();
    }

    /** The result of trying to open a root shell. */
    private sealed interface Attempt {
        record Done(RootAccess access) implements Attempt {}

        record Refused(ProgramOutput output) implements Attempt {}
    }

    /**
     * Where the password goes over standard input, it is tried alone first: the end of input is no second attempt, and
     * no line of a script is read as one.
     */
    private Attempt attemptWithPassword(SSHClient client, ShellLaunch shell) throws ConnectionLost {
        if (shell.terminal()) return attempt(client, shell);
        try {
            ProgramOutput output = RootShell.checkPassword(client, shell, limits);
            return output == null ? attempt(client, shell) : new Attempt.Refused(output);
        } catch (ConnectionLost e) {
            throw e;
        } catch (IOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /** Opens a shell and checks its user id. */
    private Attempt attempt(SSHClient client, ShellLaunch shell) throws ConnectionLost {
        try {
            RootAccess access = reopen(client, shell);
            Answers answers = access.root().exchange(Exchange.questions(List.of(WHO), limits));
            Answer.Output who = answers.to(WHO);
            if (who.stdout().strip().equals("0")) return new Attempt.Done(access);
            access.root().close();
            return refused("it runs as uid " + SafeText.start(who.stdout()));
        } catch (ConnectionLost e) {
            throw e;
        } catch (ScriptRefused e) {
            return new Attempt.Refused(
                    e.output().text().isEmpty()
                            ? new ProgramOutput(
                                    String.valueOf(e.getMessage()), e.output().status())
                            : e.output());
        } catch (IOException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Attempt.Refused refused(String why) {
        return new Attempt.Refused(new ProgramOutput(why, null));
    }
}
