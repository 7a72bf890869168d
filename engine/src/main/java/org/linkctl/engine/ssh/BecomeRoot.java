package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
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

    /**
     * The shell by which scripts become root's.
     *
     * @throws Unreachable saying what each tool said
     * @throws Lost where the connection ended meanwhile
     */
    Shell on(SSHClient client, SshOptions options, Become become, String host) throws Lost {
        if (become == Become.NONE || options.user().equals("root")) return new Shell.Plain();
        List<String> tools = switch (become) {
            case SUDO -> List.of("sudo");
            case DOAS -> List.of("doas");
            case AUTO, NONE -> List.of("sudo", "doas");
        };
        List<String> said = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (String tool : tools) {
            Shell free = new Shell.Free(tool);
            String why = refusal(client, free);
            if (why == null) return free;
            if (MISSING.matcher(why).find()) said.add(tool + ": is not there");
            else if (FINAL.matcher(why).find()) said.add(why);
            else present.add(tool);
        }
        for (String tool : present) {
            Optional<Shell> shell = withPassword(client, options, tool, host, said);
            if (shell.isPresent()) return shell.get();
        }
        throw new Unreachable(
                "logged in as " + options.user() + ", but cannot become root: " + String.join("; ", said));
    }

    private Optional<Shell> withPassword(
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
            String why = shell.terminal() ? refusal(client, shell) : knock(client, shell);
            if (why == null) why = shell.terminal() ? null : refusal(client, shell);
            if (why == null) return Optional.of(shell);
            if (FINAL.matcher(why).find()) {
                said.add(tool + ": " + why);
                return Optional.empty();
            }
        }
        said.add(tool + ": wrong password");
        return Optional.empty();
    }

    /** Says the password and nothing else: an early end of the input is no second try. */
    private static @Nullable String knock(SSHClient client, Shell shell) throws Lost {
        try {
            return Exec.knock(client, shell);
        } catch (Lost e) {
            throw e;
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Why a shell is not root's; null where it is. */
    private @Nullable String refusal(SSHClient client, Shell shell) throws Lost {
        try {
            Answers answers = Exec.talk(client, shell, Exchange.asking(List.of(WHO), limits));
            Answer.Output who = answers.to("id", "-u");
            return who.stdout().strip().equals("0")
                    ? null
                    : "it runs as uid " + who.stdout().strip();
        } catch (Lost e) {
            throw e;
        } catch (Exec.Refusal e) {
            return e.said().isEmpty() ? String.valueOf(e.getMessage()) : e.said();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
