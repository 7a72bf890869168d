package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.schmizz.sshj.SSHClient;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.model.Become;
import org.linkctl.shell.Question;
import org.linkctl.shell.Secret;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;

/**
 * Finds the way to root on a host: none for root itself; without a password where that is allowed; else with one,
 * which is tried alone first, so that a wrong one costs one failed try and no line of a script is taken for another.
 */
final class BecomeRoot {
    private static final Question WHO = Question.command("id", "-u");

    /** Where another password would not help. */
    private static final Pattern FINAL =
            Pattern.compile("sudoers|not allowed|may not run|a tty|terminal|not permitted");

    private static final Pattern MISSING = Pattern.compile("not found|No such file");

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
        for (String tool : tools) {
            switch (attempt(client, new Shell.Free(tool))) {
                case Attempt.Done(Rooted rooted) -> {
                    return rooted;
                }
                case Attempt.Refused(String why) -> {
                    if (MISSING.matcher(why).find()) said.add(tool + ": is not there");
                    else if (FINAL.matcher(why).find()) said.add(why);
                    else present.add(tool);
                }
            }
        }
        for (String tool : present) {
            Optional<Rooted> rooted = withPassword(client, options, tool, host, said);
            if (rooted.isPresent()) return rooted.get();
        }
        throw new Unreachable(
                "logged in as " + options.user() + ", but cannot become root: " + String.join("; ", said));
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
                case Attempt.Refused(String why) -> {
                    if (FINAL.matcher(why).find()) {
                        said.add(tool + ": " + why);
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

        record Refused(String why) implements Attempt {}
    }

    /**
     * Where the password goes the way of the scripts, it is said alone first: an early end of the input is no second
     * try, and no line of a script is taken for one.
     */
    private Attempt careful(SSHClient client, Shell shell) throws Lost {
        if (shell.terminal()) return attempt(client, shell);
        try {
            String why = RootShell.knock(client, shell, limits);
            return why == null ? attempt(client, shell) : new Attempt.Refused(why);
        } catch (Lost e) {
            throw e;
        } catch (IOException e) {
            return new Attempt.Refused(String.valueOf(e.getMessage()));
        }
    }

    /** Opens a shell and asks it who it is. */
    private Attempt attempt(SSHClient client, Shell shell) throws Lost {
        try {
            Rooted rooted = again(client, shell);
            Answers answers = rooted.open().talk(Exchange.asking(List.of(WHO), limits));
            Answer.Output who = answers.to("id", "-u");
            if (who.stdout().strip().equals("0")) return new Attempt.Done(rooted);
            rooted.open().close();
            return new Attempt.Refused("it runs as uid " + who.stdout().strip());
        } catch (Lost e) {
            throw e;
        } catch (RootShell.Refusal e) {
            return new Attempt.Refused(e.said().isEmpty() ? String.valueOf(e.getMessage()) : e.said());
        } catch (IOException e) {
            return new Attempt.Refused(String.valueOf(e.getMessage()));
        }
    }
}
