package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.linkctl.engine.script.Said;
import org.linkctl.shell.Secret;

/**
 * How a script gets to be run. The commands are constants without anything of an inventory or a host in them, and
 * mean the same to every login shell, csh too.
 */
sealed interface Shell {
    /** What the tools say is read (ToolWords); env(1) sets this for every login shell, csh too. */
    String LANGUAGE = "env LC_ALL=C ";

    String command();

    /** Whether it needs a terminal on the host. */
    default boolean terminal() {
        return false;
    }

    /** What has to be said before the script, such as a password. */
    default void greet(InputStream in, OutputStream out) throws IOException {}

    /** As whoever logged in. */
    record Plain() implements Shell {
        @Override
        public String command() {
            return "/bin/sh -s";
        }
    }

    /** Through sudo(8) or doas(1), which ask nothing. */
    record Free(String tool) implements Shell {
        @Override
        public String command() {
            return LANGUAGE + tool + " -n /bin/sh -s";
        }
    }

    /**
     * Through sudo(8), which reads the password as the first line of its standard input, byte by byte. {@code -k}: it
     * shall ask even where it would not need to, or the shell would read the password as a command.
     */
    record SudoPassword(Secret password) implements Shell {
        @Override
        public String command() {
            return LANGUAGE + "sudo -k -S -p '' /bin/sh -s";
        }

        @Override
        public void greet(InputStream in, OutputStream out) throws IOException {
            out.write((password.reveal() + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /**
     * Through doas(1), which takes a password from a terminal only (readpassphrase(3), RPP_REQUIRE_TTY). The terminal
     * is then made to carry every byte as it is, and the shell reads from a pipe: on a terminal it would be interactive.
     */
    record DoasPassword(Secret password) implements Shell {
        private static final String READY = "linkctl-ready";
        private static final int LONGEST = 16 * 1024;

        @Override
        public String command() {
            return LANGUAGE + "doas /bin/sh -c 'stty raw -echo; echo " + READY + "; cat | /bin/sh -s'";
        }

        @Override
        public boolean terminal() {
            return true;
        }

        @Override
        public void greet(InputStream in, OutputStream out) throws IOException {
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
            String line = Said.end(said.toString());
            throw new IOException(line.isEmpty() ? "doas said nothing" : line);
        }
    }
}
