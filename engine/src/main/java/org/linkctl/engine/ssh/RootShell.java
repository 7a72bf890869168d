package org.linkctl.engine.ssh;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
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
import org.linkctl.engine.script.Former;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.Opening;
import org.linkctl.engine.script.Said;

/**
 * One shell on a host, on one channel of an open connection: script after script goes in by standard input, and what
 * comes back is read by frames. One script at a time.
 */
final class RootShell implements AutoCloseable {
    private static final long PARTING_MILLIS = 2000;

    private final SSHClient client;
    private final Shell shell;
    private final Session session;
    private final Session.Command command;
    private final Tail errors;
    private final Heard heard;
    private final InputStream in;
    private final Opening opening;
    private volatile @Nullable Former self;
    private volatile boolean closed;

    private RootShell(SSHClient client, Shell shell, Session session, Session.Command command, Opening opening) {
        this.client = client;
        this.shell = shell;
        this.session = session;
        this.command = command;
        this.errors = new Tail(command.getErrorStream());
        this.heard = new Heard(command.getInputStream());
        this.in = new BufferedInputStream(heard);
        this.opening = opening;
    }

    /**
     * Starts a shell. What it says to that is read with the first script's reply.
     *
     * @throws Lost where the connection ended
     */
    static RootShell open(SSHClient client, Shell shell, Limits limits) throws IOException {
        Session session = start(client, shell);
        return new RootShell(client, shell, session, exec(client, session, shell), new Opening(limits));
    }

    /** Whether nothing is known that would keep it from taking a script. */
    boolean usable() {
        return !closed && session.isOpen() && client.isConnected();
    }

    /** By what a shell that comes after this one can end it; empty as long as it never answered. */
    Optional<Former> self() {
        return Optional.ofNullable(self);
    }

    /**
     * Sends a script and reads its reply. After any failure the shell is closed.
     *
     * @throws Lost where the connection ended or went silent
     * @throws Refusal where the host answers something else; the message has what it said on standard error
     */
    <T> T talk(Exchange<T> exchange) throws IOException {
        boolean done = false;
        try (Alarm alarm = new Alarm(exchange.limits().silence(), exchange.longest(), this::abandon)) {
            // Until the shell has answered for the first time, what comes is noise: it wins no time.
            if (self != null) heard.by(alarm);
            T meaning = talk(exchange, alarm);
            done = true;
            return meaning;
        } finally {
            if (!done) close();
        }
    }

    private <T> T talk(Exchange<T> exchange, Alarm alarm) throws IOException {
        boolean first = self == null;
        if (first) greet();
        byte[] before = first ? opening.input() : new byte[0];
        Thread writer = HostThreads.start("writer", () -> write(before, exchange.input()));
        try {
            if (first) self = opening.read(in);
            heard.by(alarm);
            alarm.heard(0);
            return exchange.read(in);
        } catch (BadReply e) {
            if (alarm.rang()) throw new Lost(alarm.words(), e);
            if (!client.isConnected()) throw new Lost("the connection was lost", e);
            throw new Refusal(e, said());
        } catch (IOException e) {
            if (alarm.rang()) throw new Lost(alarm.words(), e);
            throw new Lost("the connection was lost", e);
        } finally {
            writer.interrupt();
        }
    }

    private void greet() throws IOException {
        try {
            shell.greet(in, command.getOutputStream());
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
    static @Nullable Words knock(SSHClient client, Shell shell, Limits limits) throws IOException {
        try (RootShell knocked = open(client, shell, limits)) {
            knocked.greet();
            knocked.command.getOutputStream().close();
            knocked.command.join(PARTING_MILLIS * 10, TimeUnit.MILLISECONDS);
            Integer status = knocked.command.getExitStatus();
            if (status != null && status == 0) return null;
            knocked.errors.await(PARTING_MILLIS);
            String said = knocked.errors.text();
            return new Words(said.isEmpty() ? "it ended with status " + status : said, status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Lost("interrupted", e);
        }
    }

    private static Session start(SSHClient client, Shell shell) throws IOException {
        try {
            Session session = client.startSession();
            if (shell.terminal()) Terminal.request(session);
            return session;
        } catch (SSHException | IllegalStateException e) {
            throw new Lost(
                    Handshake.late(e) ? slow(client) : "no session: " + Said.start(String.valueOf(e.getMessage())), e);
        }
    }

    private static Session.Command exec(SSHClient client, Session session, Shell shell) throws IOException {
        try {
            return session.exec(shell.command());
        } catch (SSHException e) {
            leave(session);
            if (Handshake.late(e)) throw new Lost(slow(client), e);
            if (client.isConnected())
                throw new IOException(
                        "the host does not run commands: " + Said.start(String.valueOf(e.getMessage())), e);
            throw new Lost("the connection was lost", e);
        }
    }

    private static String slow(SSHClient client) {
        return "logged in, but the host began no session within "
                + client.getConnection().getTimeoutMs() / 1000 + " s";
    }

    /** What the host said on standard error, once it has ended. */
    private Words said() {
        try {
            errors.await(PARTING_MILLIS);
            command.join(PARTING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SSHException e) {
            return new Words(errors.text(), null); // Still open: what was said so far has to do.
        }
        return new Words(errors.text(), command.getExitStatus());
    }

    private void write(byte[]... scripts) {
        try {
            OutputStream out = command.getOutputStream();
            for (byte[] script : scripts) out.write(script);
            out.flush();
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // The reading side sees the same end and says why.
        }
    }

    @Override
    public void close() {
        closed = true;
        leave(session);
    }

    /** Whoever reads sees the end at once, though the other side may never answer to the closing of the channel. */
    private void abandon() {
        Dial.closeQuietly(command.getInputStream());
        close();
    }

    /** Closing waits for the other side, which may be what hangs. */
    private static void leave(Session session) {
        HostThreads.start("leave", () -> Dial.closeQuietly(session));
    }

    /**
     * What a command said on standard error, and how it ended.
     *
     * @param status null: it has not ended, or not by itself
     */
    record Words(String text, @Nullable Integer status) {
        boolean ended(int with) {
            return status != null && status == with;
        }
    }

    /** A host that runs something, but not the script; with what it said about that. */
    static final class Refusal extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient BadReply reply;
        private final transient Words words;

        Refusal(BadReply reply, Words words) {
            super(words.text().isEmpty() ? reply.getMessage() : reply.getMessage() + ": " + words.text(), reply);
            this.reply = reply;
            this.words = words;
        }

        Words words() {
            return words;
        }

        /** Whether it ended without a word. */
        boolean wordless() {
            return reply.nothing() && words.text().isEmpty();
        }

        /** All that came instead of an answer, from both streams; empty: nothing. */
        String came() {
            return (reply.instead() + " " + words.text()).strip();
        }
    }

    /** Tells the alarm of the script under way that the host is not silent. */
    private static final class Heard extends FilterInputStream {
        private volatile @Nullable Alarm alarm;

        Heard(InputStream in) {
            super(in);
        }

        void by(@Nullable Alarm now) {
            alarm = now;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            Alarm now = alarm;
            if (now != null && read > 0) now.heard(read);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            Alarm now = alarm;
            if (now != null && skipped > 0) now.heard((int) Math.min(Integer.MAX_VALUE, skipped));
            return skipped;
        }
    }
}
