package org.linkctl.engine.ssh;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.common.SSHException;
import net.schmizz.sshj.connection.channel.direct.Session;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.script.BadReply;
import org.linkctl.engine.script.Exchange;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.SafeText;
import org.linkctl.engine.script.ShellId;
import org.linkctl.engine.script.ShellStart;

/**
 * A shell on a host, on one channel of an open connection: scripts go in by standard input, and their replies come back
 * in frames. One script at a time.
 */
final class RootShell implements AutoCloseable {
    private static final long PARTING_MILLIS = 2000;

    private final SSHClient client;
    private final ShellLaunch shell;
    private final Session session;
    private final Session.Command command;
    private final StreamTail errors;
    private final ActivityStream input;
    private final InputStream in;
    private final ShellStart opening;
    private volatile @Nullable ShellId self;
    private volatile boolean closed;

    private RootShell(
            SSHClient client, ShellLaunch shell, Session session, Session.Command command, ShellStart opening) {
        this.client = client;
        this.shell = shell;
        this.session = session;
        this.command = command;
        this.errors = new StreamTail(command.getErrorStream());
        this.input = new ActivityStream(command.getInputStream());
        this.in = new BufferedInputStream(input);
        this.opening = opening;
    }

    /**
     * Starts a shell. Its first output is read with the reply to the first script.
     *
     * @throws ConnectionLost where the connection ended
     */
    static RootShell open(SSHClient client, ShellLaunch shell, Limits limits) throws IOException {
        Session session = start(client, shell);
        return new RootShell(client, shell, session, exec(client, session, shell), new ShellStart(limits));
    }

    /** Whether it can take a script, as far as known. */
    boolean usable() {
        return !closed && session.isOpen() && client.isConnected();
    }

    /** What another shell needs to end this one; empty until it has answered once. */
    Optional<ShellId> self() {
        return Optional.ofNullable(self);
    }

    /**
     * Sends a script and reads its reply. After any failure the shell is closed.
     *
     * @throws ConnectionLost where the connection ended or nothing came any more
     * @throws ScriptRefused where the host answers something else; the message has its standard error
     */
    <T> T exchange(Exchange<T> exchange) throws IOException {
        boolean done = false;
        try (Watchdog watchdog = new Watchdog(exchange.limits().silence(), exchange.longest(), this::abandon)) {
            // Before the shell's first answer, bytes are login noise and extend no limit.
            if (self != null) input.reportTo(watchdog);
            T meaning = exchange(exchange, watchdog);
            done = true;
            return meaning;
        } finally {
            if (!done) close();
        }
    }

    private <T> T exchange(Exchange<T> exchange, Watchdog watchdog) throws IOException {
        boolean first = self == null;
        if (first) authenticate();
        byte[] before = first ? opening.input() : new byte[0];
        Thread writer = HostThreads.start("writer", () -> write(before, exchange.input()));
        try {
            if (first) self = opening.read(in);
            input.reportTo(watchdog);
            watchdog.activity(0);
            return exchange.read(in);
        } catch (BadReply e) {
            if (watchdog.expired()) throw new ConnectionLost(watchdog.reason(), e);
            if (!client.isConnected()) throw new ConnectionLost("the connection was lost", e);
            throw new ScriptRefused(e, collectOutput());
        } catch (IOException e) {
            if (watchdog.expired()) throw new ConnectionLost(watchdog.reason(), e);
            throw new ConnectionLost("the connection was lost", e);
        } finally {
            writer.interrupt();
        }
    }

    private void authenticate() throws IOException {
        try {
            shell.authenticate(in, command.getOutputStream());
        } catch (IOException e) {
            if (client.isConnected()) throw e;
            throw new ConnectionLost("the connection was lost", e);
        }
    }

    /**
     * Starts a shell and sends the password without any script, to see whether it is accepted.
     *
     * @return null where it is; else what the tool said
     */
    static @Nullable ProgramOutput checkPassword(SSHClient client, ShellLaunch shell, Limits limits)
            throws IOException {
        try (RootShell probe = open(client, shell, limits)) {
            probe.authenticate();
            probe.command.getOutputStream().close();
            probe.command.join(PARTING_MILLIS * 10, TimeUnit.MILLISECONDS);
            Integer status = probe.command.getExitStatus();
            if (status != null && status == 0) return null;
            probe.errors.await(PARTING_MILLIS);
            String said = probe.errors.text();
            return new ProgramOutput(said.isEmpty() ? "it ended with status " + status : said, status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionLost("interrupted", e);
        }
    }

    private static Session start(SSHClient client, ShellLaunch shell) throws IOException {
        try {
            Session session = client.startSession();
            if (shell.terminal()) PseudoTerminal.request(session);
            return session;
        } catch (SSHException | IllegalStateException e) {
            throw new ConnectionLost(
                    Handshake.timedOut(e)
                            ? sessionTimeout(client)
                            : "no session: " + SafeText.start(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private static Session.Command exec(SSHClient client, Session session, ShellLaunch shell) throws IOException {
        try {
            return session.exec(shell.command());
        } catch (SSHException e) {
            closeInBackground(session);
            if (Handshake.timedOut(e)) throw new ConnectionLost(sessionTimeout(client), e);
            if (client.isConnected())
                throw new IOException(
                        "the host does not run commands: " + SafeText.start(String.valueOf(e.getMessage())), e);
            throw new ConnectionLost("the connection was lost", e);
        }
    }

    private static String sessionTimeout(SSHClient client) {
        return "logged in, but the host began no session within "
                + client.getConnection().getTimeoutMs() / 1000 + " s";
    }

    /** The command's standard error, once it has ended. */
    private ProgramOutput collectOutput() {
        try {
            errors.await(PARTING_MILLIS);
            command.join(PARTING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SSHException e) {
            return new ProgramOutput(errors.text(), null); // Still open: what came so far has to do.
        }
        return new ProgramOutput(errors.text(), command.getExitStatus());
    }

    private void write(byte[]... scripts) {
        try {
            OutputStream out = command.getOutputStream();
            for (byte[] script : scripts) out.write(script);
            out.flush();
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // The reading side sees the same end and reports it.
        }
    }

    @Override
    public void close() {
        closed = true;
        closeInBackground(session);
    }

    /** Ends the read at once, even if the other side never answers to the closing of the channel. */
    private void abandon() {
        TcpConnector.closeQuietly(command.getInputStream());
        close();
    }

    /** Closing waits for the other side, which may hang. */
    private static void closeInBackground(Session session) {
        HostThreads.start("leave", () -> TcpConnector.closeQuietly(session));
    }
}
