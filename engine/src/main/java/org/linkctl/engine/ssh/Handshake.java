package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.OpenFailException;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.Said;

/** Connection, identification and key exchange: all within one time limit, whatever a server drips. */
final class Handshake {
    private final SshOptions options;
    private final HostKeyCheck check;
    private final Duration within;
    private @Nullable ProxyProcess proxy;
    private @Nullable Wire wire;

    Handshake(SshOptions options, HostKeyCheck check, Duration within) {
        this.options = options;
        this.check = check;
        this.within = within;
    }

    /**
     * @param via the connection to the jump host; empty: straight, or by ProxyCommand
     * @throws Unreachable saying how far it came
     */
    void of(WiredClient client, Optional<SSHClient> via) {
        boolean done = false;
        try {
            Wire made = via.isPresent() ? through(via.get()) : straight();
            wire = made;
            exchange(client, made);
            done = true;
        } finally {
            Wire made = wire;
            if (!done && made != null) made.close();
        }
    }

    private void exchange(WiredClient client, Wire over) {
        try (Alarm alarm = new Alarm(within, over::close)) {
            try {
                client.connect(over, options.hostname(), options.port());
            } catch (IOException | RuntimeException e) {
                throw new Unreachable(options.place() + ": " + reason(e, alarm.rang()) + words(), e);
            }
        }
    }

    private Wire straight() {
        String command = options.proxyCommand();
        if (command == null) {
            Socket socket = Dial.to(options, within);
            check.straightTo(socket.getInetAddress());
            return wire(socket);
        }
        try {
            ProxyProcess made = new ProxyProcess(command, System.getenv());
            proxy = made;
            return made.wire();
        } catch (IOException e) {
            throw new Unreachable(options.place() + ": its ProxyCommand cannot be run: " + e.getMessage(), e);
        }
    }

    private Wire wire(Socket socket) {
        try {
            return new Wire(socket.getInputStream(), socket.getOutputStream(), socket);
        } catch (IOException e) {
            Dial.closeQuietly(socket);
            throw new Unreachable(options.place() + ": " + e.getMessage(), e);
        }
    }

    private Wire through(SSHClient jump) {
        try {
            DirectConnection channel = jump.newDirectConnection(options.hostname(), options.port());
            InputStream in = channel.getInputStream();
            // Closing a channel waits for the other side, which may be what hangs.
            return new Wire(in, channel.getOutputStream(), () -> {
                in.close();
                HostThreads.start("leave", () -> Dial.closeQuietly(channel));
            });
        } catch (OpenFailException e) {
            throw new Unreachable(options.place() + ": the jump host does not connect to it: " + refused(e), e);
        } catch (IOException | IllegalStateException e) {
            String why = late(e) ? "the jump host opens no way to it within " + within.toSeconds() + " s" : root(e);
            throw new Unreachable(options.place() + ": " + why, e);
        }
    }

    /** What sshd(8) says to it in words, behind the reason of RFC 4254, section 5.1. */
    private static String refused(OpenFailException e) {
        String why = switch (e.getReason()) {
            case ADMINISTRATIVELY_PROHIBITED -> "it does not permit that (AllowTcpForwarding, PermitOpen)";
            case CONNECT_FAILED -> "connection failed";
            case RESOURCE_SHORTAGE -> "it has no room for another connection";
            case UNKNOWN_CHANNEL_TYPE, UNKNOWN -> "refused";
        };
        String said = Said.start(String.valueOf(e.getMessage()));
        return said.isEmpty() ? why : why + ": " + said;
    }

    private String reason(Exception e, boolean rang) {
        String refusal = check.refusal();
        if (refusal != null) return refusal;
        if (!rang && !late(e)) return root(e);
        Wire made = wire;
        String identification = made == null ? null : made.identification();
        return identification == null
                ? "connected, but no SSH server answers within " + within.toSeconds() + " s"
                : "an SSH server answers (" + identification + "), but the key exchange is not done within "
                        + within.toSeconds() + " s";
    }

    private String words() {
        ProxyProcess made = proxy;
        if (made == null || check.refusal() != null) return "";
        String said = made.said();
        return said.isEmpty() ? "" : "; its ProxyCommand says: " + Said.end(said);
    }

    /** Whether a limit of SSHJ's own was the reason. */
    static boolean late(Throwable e) {
        for (Throwable one = e; one != null; one = one.getCause()) if (one instanceof TimeoutException) return true;
        return false;
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) root = root.getCause();
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return Said.start(text.replaceFirst(
                "^Unable to reach a settlement: (.*) and (.*)$", "no algorithm in common: here $1, there $2"));
    }
}
