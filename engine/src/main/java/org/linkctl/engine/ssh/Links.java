package org.linkctl.engine.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.SocketFactory;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import net.schmizz.sshj.connection.channel.direct.DirectConnection;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Settings;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.SshTarget;

/** Opens SSH connections: straight, through a command, or through jump hosts, whose connections all hosts share. */
final class Links implements AutoCloseable {
    /** That a way is dead has to be known well before a changed host goes back by itself. */
    private static final Duration KEEPALIVE = Duration.ofSeconds(5);

    private static final int KEEPALIVES_MISSED = 4;
    private static final int LONGEST_CHAIN = 8;

    private final Settings settings;
    private final SshConfig config;
    private final Login login;
    private final Algorithms algorithms = new Algorithms();
    private final Map<String, Jump> jumps = new HashMap<>();

    Links(Settings settings, SshConfig config, Login login) {
        this.settings = settings;
        this.config = config;
        this.login = login;
    }

    /** A connection, logged in. */
    SSHClient open(SshOptions options) {
        return open(options, 0);
    }

    private SSHClient open(SshOptions options, int depth) {
        if (depth > LONGEST_CHAIN) throw new Unreachable("the jump hosts of " + options.place() + " lead in a circle");
        if (options.jumps().isEmpty()) return login(options, Optional.empty());
        return login(options, Optional.of(through(options.jumps(), depth)));
    }

    /** The last of a chain of jump hosts. The first is reached as ssh_config has it, each other from the one before. */
    private SSHClient through(List<String> chain, int depth) {
        String key = String.join(",", chain);
        Jump jump;
        synchronized (jumps) {
            jump = jumps.computeIfAbsent(key, name -> new Jump());
        }
        jump.lock.lock();
        try {
            SSHClient client = jump.client.orElse(null);
            if (client != null && client.isConnected()) return client;
            SshOptions options = config.of(target(chain.getLast()));
            SSHClient made = chain.size() == 1
                    ? open(options, depth + 1)
                    : login(options, Optional.of(through(chain.subList(0, chain.size() - 1), depth + 1)));
            jump.client = Optional.of(made);
            return made;
        } catch (Unreachable e) {
            throw new Unreachable("jump host " + chain.getLast() + ": " + e.why(), e);
        } finally {
            jump.lock.unlock();
        }
    }

    private static SshTarget target(String jump) {
        String text = jump.startsWith("ssh://") ? jump.substring("ssh://".length()) : jump;
        return SshTarget.parse(text).orElseThrow(() -> new Unreachable("not a jump host: " + jump));
    }

    private SSHClient login(SshOptions options, Optional<SSHClient> via) {
        Duration within = Optional.ofNullable(options.connectTimeout()).orElse(settings.connectTimeout());
        SSHClient client = new SSHClient(algorithms);
        boolean done = false;
        try {
            HostKeyCheck check =
                    new HostKeyCheck(options, options.accepts() || settings.hostKeys() == Settings.HostKeys.ACCEPT_NEW);
            client.addHostKeyVerifier(check);
            client.setTimeout((int) within.toMillis());
            client.getTransport().setTimeoutMs((int) within.toMillis());
            client.getConnection().setTimeoutMs((int) within.toMillis());
            keepAlive(client);
            shakeHands(client, options, via, check, within);
            login.in(client, options);
            done = true;
            return client;
        } catch (IOException e) {
            throw new Unreachable(options.place() + ": " + e.getMessage(), e);
        } finally {
            if (!done) Dial.closeQuietly(client);
        }
    }

    private static void keepAlive(SSHClient client) {
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
            runner.setKeepAliveInterval((int) KEEPALIVE.toSeconds());
            runner.setMaxAliveCount(KEEPALIVES_MISSED);
        }
    }

    /** Connection, identification and key exchange: all within one time limit, whatever a server drips. */
    private static void shakeHands(
            SSHClient client, SshOptions options, Optional<SSHClient> via, HostKeyCheck check, Duration within) {
        AutoCloseable wire = () -> {};
        Alarm alarm = null;
        try {
            if (via.isPresent()) {
                DirectConnection channel = via.get().newDirectConnection(options.hostname(), options.port());
                wire = channel;
                alarm = new Alarm(within, () -> Dial.closeQuietly(channel));
                client.connectVia(channel, options.hostname(), options.port());
            } else {
                String command = options.proxyCommand();
                Socket socket = command == null ? Dial.to(options, within) : new CommandSocket(command);
                wire = socket;
                alarm = new Alarm(within, () -> Dial.closeQuietly(socket));
                client.setSocketFactory(new Ready(socket));
                client.connect(options.hostname(), options.port());
            }
        } catch (IOException | IllegalStateException e) {
            Dial.closeQuietly(wire);
            throw new Unreachable(options.place() + ": " + reason(e, check, alarm, within), e);
        } finally {
            if (alarm != null) alarm.close();
        }
    }

    private static String reason(Exception e, HostKeyCheck check, @Nullable Alarm alarm, Duration within) {
        String refusal = check.refusal();
        if (refusal != null) return refusal;
        Throwable root = e;
        while (root.getCause() != null) root = root.getCause();
        boolean late = (alarm != null && alarm.rang())
                || root instanceof SocketTimeoutException
                || root instanceof TimeoutException;
        return late ? "connected, but no SSH server answers within " + within.toSeconds() + " s" : oneLine(root);
    }

    private static String oneLine(Throwable root) {
        String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return text.replaceAll("\\s*[\\r\\n]+\\s*", " | ");
    }

    @Override
    public void close() {
        synchronized (jumps) {
            for (Jump jump : jumps.values()) jump.client.ifPresent(Dial::closeQuietly);
            jumps.clear();
        }
    }

    private static final class Jump {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Optional<SSHClient> client = Optional.empty();
    }

    /** Hands SSHJ a socket that is connected already. */
    private static final class Ready extends SocketFactory {
        private final Socket socket;

        Ready(Socket socket) {
            this.socket = socket;
        }

        @Override
        public Socket createSocket() {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            return socket;
        }
    }
}
