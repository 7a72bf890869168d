package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.linkctl.engine.script.SafeText;
import org.linkctl.shell.Secret;

/**
 * The command line that starts a shell. It is a constant, without anything from an inventory or a host, and means the
 * same to every login shell, csh(1) too.
 */
sealed interface ShellLaunch {
    /**
     * The messages of the tools are parsed ({@link EscalationMessages}); env(1) sets the locale under every login
     * shell.
     */
    String LANGUAGE = "env LC_ALL=C ";

    String command();

    /** How it becomes root, for messages; empty where it does nothing for that. */
    String shown();

    /** Whether it needs a terminal on the host. */
    default boolean terminal() {
        return false;
    }

    /** Sends what has to come before the script, such as a password. */
    default void authenticate(InputStream in, OutputStream out) throws IOException {}

    /** As the login user. */
    record Plain() implements ShellLaunch {
        @Override
        public String shown() {
            return "";
        }

        @Override
        public String command() {
            return "/bin/sh -s";
        }
    }

    /** By sudo(8) or doas(1) without a password. */
    record NoPassword(String tool) implements ShellLaunch {
        @Override
        public String shown() {
            return "by " + tool + " without a password";
        }

        @Override
        public String command() {
            return LANGUAGE + tool + " -n /bin/sh -s";
        }
    }

    /**
     * By sudo(8), which reads the password as the first line of standard input, byte by byte. {@code -k}: it has to ask
     * even where it would not need to, or the shell would read the password as a command.
     */
    record SudoPassword(Secret password) implements ShellLaunch {
        @Override
        public String shown() {
            return "by sudo with a password";
        }

        @Override
        public String command() {
            return LANGUAGE + "sudo -k -S -p '' /bin/sh -s";
        }

        @Override
        public void authenticate(InputStream in, OutputStream out) throws IOException {
            out.write((password.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /**
     * By doas(1), which takes a password from a terminal only (readpassphrase(3), RPP_REQUIRE_TTY). The terminal is
     * then set to pass every byte unchanged, and the shell reads from a pipe: on a terminal it would be interactive.
     */
    record DoasPassword(Secret password) implements ShellLaunch {
        private static final String READY = "linkctl-ready";
        private static final int LONGEST = 16 * 1024;

        @Override
        public String shown() {
            return "by doas with a password";
        }

        @Override
        public String command() {
            return LANGUAGE + "doas /bin/sh -c 'stty raw -echo; echo " + READY + "; cat | /bin/sh -s'";
        }

        @Override
        public boolean terminal() {
            return true;
        }

        @Override
        public void authenticate(InputStream in, OutputStream out) throws IOException {
            StringBuilder said = new StringBuilder();
            boolean answered = false;
            while (said.length() < LONGEST) {
                int one = in.read();
                if (one < 0) break;
                said.append((char) one);
                if (one == '\n' && said.toString().stripTrailing().endsWith(READY)) return;
                if (one == ':' && said.toString().endsWith("assword:")) {
                    if (answered) break;
                    out.write((password.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    answered = true;
                }
            }
            String line = SafeText.end(said.toString());
            throw new IOException(line.isEmpty() ? "doas said nothing" : line);
        }
    }
}
