package org.linkctl.engine.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.script.BadReply;
import org.linkctl.engine.script.Exchange;

/** Runs one script on an open connection: in by standard input, out by frames. */
final class Exec {
    private static final long PARTING_MILLIS = 2000;

    private Exec() {}

    /**
     * Sends a script and reads its reply.
     *
     * @param shell the command that reads the script
     * @throws Lost where the connection ended or went silent
     * @throws BadReply where the host answers something else; the message has what it said on standard error
     */
    static <T> T talk(SSHClient client, Shell shell, Exchange<T> exchange) throws IOException {
        Session session = start(client, shell);
        Session.Command command = exec(client, session, shell);
        Tail errors = new Tail(command.getErrorStream());
        try (Alarm alarm = new Alarm(exchange.limits().silence(), () -> leave(session))) {
            greet(client, shell, command);
            Thread writer = Thread.ofVirtual().start(() -> write(command.getOutputStream(), exchange.input()));
            try {
                return read(client, command, exchange, alarm, errors);
            } finally {
                writer.interrupt();
            }
        } finally {
            leave(session);
        }
    }

    private static void greet(SSHClient client, Shell shell, Session.Command command) throws IOException {
        try {
            shell.greet(command.getInputStream(), command.getOutputStream());
        } catch (IOException e) {
            if (client.isConnected()) throw e;
            throw new Lost("the connection was lost", e);
        }
    }

    /**
     * Starts a shell, says what it has to be told and no script: whether it would run one.
     *
     * @return null where it would; else what it said
     */
    static @Nullable String knock(SSHClient client, Shell shell) throws IOException {
        Session session = start(client, shell);
        Session.Command command = exec(client, session, shell);
        Tail errors = new Tail(command.getErrorStream());
        try {
            greet(client, shell, command);
            command.getOutputStream().close();
            command.join(PARTING_MILLIS * 10, TimeUnit.MILLISECONDS);
            Integer status = command.getExitStatus();
            if (status != null && status == 0) return null;
            errors.await(PARTING_MILLIS);
            return errors.text().isEmpty() ? "it ended with status " + status : errors.text();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lost("interrupted", e);
        } finally {
            leave(session);
        }
    }

    private static Session start(SSHClient client, Shell shell) throws IOException {
        try {
            Session session = client.startSession();
            if (shell.terminal()) Terminal.request(session);
            return session;
        } catch (SSHException | IllegalStateException e) {
            throw new Lost("no session: " + e.getMessage(), e);
        }
    }

    private static Session.Command exec(SSHClient client, Session session, Shell shell) throws IOException {
        try {
            return session.exec(shell.command());
        } catch (SSHException e) {
            leave(session);
            if (client.isConnected()) throw new IOException("the host does not run commands: " + e.getMessage(), e);
            throw new Lost("the connection was lost", e);
        }
    }

    private static <T> T read(SSHClient client, Session.Command command, Exchange<T> exchange, Alarm alarm, Tail errors)
            throws IOException {
        try {
            return exchange.read(new Heard(command.getInputStream(), alarm));
        } catch (BadReply e) {
            if (alarm.rang()) throw silent(exchange, e);
            if (!client.isConnected()) throw new Lost("the connection was lost", e);
            throw new Refusal(e, said(command, errors));
        } catch (IOException e) {
            if (alarm.rang()) throw silent(exchange, e);
            throw new Lost("the connection was lost", e);
        }
    }

    private static Lost silent(Exchange<?> exchange, IOException e) {
        return new Lost("nothing was heard for " + exchange.limits().silence().toSeconds() + " s", e);
    }

    /** What the host said on standard error, once it has ended. */
    private static String said(Session.Command command, Tail errors) {
        try {
            errors.await(PARTING_MILLIS);
            command.join(PARTING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SSHException e) {
            return errors.text(); // Still open: what was said so far has to do.
        }
        return errors.text();
    }

    private static void write(OutputStream out, byte[] script) {
        try (out) {
            out.write(script);
            out.flush();
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // The reading side sees the same end and says why.
        }
    }

    /** Closing waits for the other side, which may be what hangs. */
    private static void leave(Session session) {
        Thread.ofVirtual().start(() -> Dial.closeQuietly(session));
    }

    /** A host that runs something, but not the script; with what it said about that. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient String said;
        private final boolean begun;

        Refusal(BadReply reply, String said) {
            super(said.isEmpty() ? reply.getMessage() : reply.getMessage() + ": " + said, reply);
            this.said = said;
            this.begun = reply.begun();
        }

        String said() {
            return said;
        }

        boolean begun() {
            return begun;
        }
    }

    private static final class Heard extends FilterInputStream {
        private final Alarm alarm;

        Heard(InputStream in, Alarm alarm) {
            super(in);
            this.alarm = alarm;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            alarm.heard();
            return read;
        }
    }
}
