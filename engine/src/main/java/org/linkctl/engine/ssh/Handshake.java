package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import net.schmizz.sshj.transport.TransportException;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.SafeText;

/** TCP connection, identification and key exchange, all within one time limit, however slowly a server sends. */
final class Handshake implements AutoCloseable {
    /** Messages of Java for a write to a process or socket that is closed, here or on its other side. */
    private static final Set<String> UNWRITTEN =
            Set.of("Stream closed", "Broken pipe", "Socket closed", "Connection reset by peer");

    /** How long the thread that reads may take to say why it has closed the connection. */
    private static final Duration READER_ENDS = Duration.ofSeconds(2);

    private final SshOptions options;
    private final HostKeyCheck check;
    private final Duration within;
    private final Optional<SSHClient> via;
    private @Nullable ProxyProcess proxy;
    private @Nullable StreamSocket stream;

    /** @param via the connection to the jump host; empty: a direct one, or ProxyCommand */
    Handshake(SshOptions options, HostKeyCheck check, Duration within, Optional<SSHClient> via) {
        this.options = options;
        this.check = check;
        this.within = within;
        this.via = via;
    }

    HostKeyCheck check() {
        return check;
    }

    Duration within() {
        return within;
    }

    /**
     * The first part: until the other side answers.
     *
     * @throws Unreachable where it does not
     */
    void reach() {
        stream();
    }

    private StreamSocket stream() {
        StreamSocket made = stream;
        if (made == null) {
            made = via.isPresent() ? viaJumpHost(via.get()) : direct();
            stream = made;
        }
        return made;
    }

    /** @throws Unreachable saying how far it came */
    void perform(StreamSshClient client) {
        boolean done = false;
        try {
            exchange(client, stream());
            done = true;
        } finally {
            if (!done) close();
        }
    }

    @Override
    public void close() {
        StreamSocket made = stream;
        if (made != null) made.close();
    }

    private void exchange(StreamSshClient client, StreamSocket over) {
        try (Watchdog watchdog = new Watchdog(within, over::close)) {
            try {
                client.connect(over, options.hostname(), options.port());
            } catch (IOException | RuntimeException e) {
                String why = reason(client, e, watchdog.expired());
                boolean key = check.refusal() != null;
                throw new Unreachable(
                        key ? Unreachable.Stage.HOST_KEY : Unreachable.Stage.PORT,
                        options.place() + ": " + why + proxyOutput(),
                        e,
                        key
                                ? "compare the key with the host's own over another way, then do as said there"
                                : "look what answers there and why it stops: ssh -v says more");
            }
        }
    }

    private StreamSocket direct() {
        String command = options.proxyCommand();
        if (command == null) {
            Socket socket = TcpConnector.connect(options, within);
            check.connectedTo(socket.getInetAddress());
            return socket(socket);
        }
        try {
            ProxyProcess made = new ProxyProcess(command, System.getenv());
            proxy = made;
            return made.socket();
        } catch (IOException e) {
            throw Unreachable.by(
                    options.place() + ": its ProxyCommand cannot be run: " + e.getMessage(),
                    e,
                    "run it by hand, and mend ProxyCommand for this host in your ssh_config");
        }
    }

    private StreamSocket socket(Socket socket) {
        try {
            return new StreamSocket(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException e) {
            TcpConnector.closeQuietly(socket);
            throw new Unreachable(options.place() + ": " + e.getMessage(), e);
        }
    }

    private StreamSocket viaJumpHost(SSHClient jump) {
        try {
            DirectConnection channel = jump.newDirectConnection(options.hostname(), options.port());
            InputStream in = channel.getInputStream();
            // Closing a channel waits for the other side, which may hang.
            return new StreamSocket(in, channel.getOutputStream(), () -> {
                in.close();
                HostThreads.start("leave", () -> TcpConnector.closeQuietly(channel));
            });
        } catch (OpenFailException e) {
            throw Unreachable.by(
                    options.place() + ": the jump host does not connect to it: " + openFailure(e), e, openCure(e));
        } catch (IOException | IllegalStateException e) {
            String why = timedOut(e)
                    ? "the jump host opens no way to it within " + within.toSeconds() + " s"
                    : rootMessage(e);
            throw Unreachable.by(options.place() + ": " + why, e, lookFromJumpHost());
        }
    }

    private String lookFromJumpHost() {
        return "log in to the jump host, and look whether " + options.place() + " answers from there";
    }

    private String openCure(OpenFailException e) {
        return switch (e.getReason()) {
            case ADMINISTRATIVELY_PROHIBITED ->
                "let the jump host's sshd connect to it: AllowTcpForwarding yes, and PermitOpen "
                        + options.place() + " where that is set (sshd_config(5)); in its authorized_keys, too,"
                        + " where restrict or permitopen stand before the key (sshd(8))";
            case CONNECT_FAILED, UNKNOWN_CHANNEL_TYPE, UNKNOWN -> lookFromJumpHost();
            case RESOURCE_SHORTAGE -> "end other connections of the jump host, or let its sshd have more of them";
        };
    }

    /** The reason code of RFC 4254, section 5.1, and sshd's own text behind it. */
    private static String openFailure(OpenFailException e) {
        String why = switch (e.getReason()) {
            case ADMINISTRATIVELY_PROHIBITED -> "it does not permit that (AllowTcpForwarding, PermitOpen)";
            case CONNECT_FAILED -> "connection failed";
            case RESOURCE_SHORTAGE -> "it has no room for another connection";
            case UNKNOWN_CHANNEL_TYPE, UNKNOWN -> "refused";
        };
        String said = SafeText.start(String.valueOf(e.getMessage()));
        return said.isEmpty() ? why : why + ": " + said;
    }

    private String reason(StreamSshClient client, Exception e, boolean expired) {
        String refusal = check.refusal();
        if (refusal != null) return refusal;
        StreamSocket made = stream;
        String identification = made == null ? null : made.identification();
        if (!expired && !timedOut(e)) {
            // The end of input and the failed write race with each other.
            if (made == null || !UNWRITTEN.contains(rootMessage(e))) return rootMessage(e);
            return identification == null
                    ? "the connection was closed before an SSH identification"
                    : whyReadingEnded(client).orElse(rootMessage(e));
        }
        return identification == null
                ? "connected, but no SSH server answers within " + within.toSeconds() + " s"
                : "an SSH server answers (" + identification + "), but the key exchange is not done within "
                        + within.toSeconds() + " s";
    }

    /** What the thread that reads has found wrong; empty where it has found nothing. */
    private static Optional<String> whyReadingEnded(StreamSshClient client) {
        try {
            client.getTransport().join((int) READER_ENDS.toSeconds(), TimeUnit.SECONDS);
            return Optional.empty();
        } catch (TransportException e) {
            return timedOut(e) ? Optional.empty() : Optional.of(rootMessage(e));
        }
    }

    private String proxyOutput() {
        ProxyProcess made = proxy;
        if (made == null || check.refusal() != null) return "";
        String said = made.said();
        return said.isEmpty() ? "" : "; its ProxyCommand says: " + SafeText.end(said);
    }

    /** Whether the cause is a timeout of SSHJ. */
    static boolean timedOut(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) if (one instanceof TimeoutException) return true;
        return false;
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) root = root.getCause();
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return SafeText.start(text.replaceFirst(
                "^Unable to reach a settlement of (.*): (.*) and (.*)$", "no $1 in common: here $2, there $3"));
    }
}
