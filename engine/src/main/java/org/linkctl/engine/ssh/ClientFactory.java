package org.linkctl.engine.ssh;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import net.schmizz.keepalive.KeepAliveRunner;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Settings;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.SshTarget;

/** Opens SSH connections: directly, by ProxyCommand, or through jump hosts, whose connections all hosts share. */
final class ClientFactory implements AutoCloseable {
    /** A dead connection has to be noticed well before a changed host undoes its change. */
    private static final Duration KEEPALIVE = Duration.ofSeconds(5);

    private static final int KEEPALIVES_MISSED = 4;
    private static final int LONGEST_CHAIN = 8;

    /** A server closes a connection on which nobody logs in: after 120 s, or what sshd_config(5) has as LoginGraceTime. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Settings settings;
    private final SshConfig config;
    private final UserAuthentication authentication;
    private final Map<String, Jump> jumps = new HashMap<>();

    /** Of hosts that answered and are not connected yet. */
    private final Map<SshOptions, Reached> reached = new ConcurrentHashMap<>();

    private record Reached(Handshake handshake, long at) {
        boolean isFresh() {
            return System.nanoTime() - at < FRESH.toNanos();
        }
    }

    ClientFactory(Settings settings, SshConfig config, UserAuthentication authentication) {
        this.settings = settings;
        this.config = config;
        this.authentication = authentication;
    }

    /** Waits until the host answers, itself or through its jump hosts; {@link #open} goes on from there. */
    void reach(SshOptions options) {
        if (options.proxyCommand() != null || reached.containsKey(options)) return;
        Handshake handshake = handshake(options, via(options, 0));
        handshake.reach();
        Reached twice = reached.putIfAbsent(options, new Reached(handshake, System.nanoTime()));
        if (twice != null) handshake.close();
    }

    /** An authenticated connection. */
    SSHClient open(SshOptions options) {
        Reached before = reached.remove(options);
        if (before == null) return open(options, 0);
        if (before.isFresh()) return connect(options, before.handshake());
        before.handshake().close();
        return open(options, 0);
    }

    private SSHClient open(SshOptions options, int depth) {
        return connect(options, handshake(options, via(options, depth)));
    }

    private Optional<SSHClient> via(SshOptions options, int depth) {
        if (depth > LONGEST_CHAIN) {
            throw Unreachable.by(
                    "the jump hosts of " + options.place() + " lead in a circle",
                    null,
                    "take ProxyJump away from one of them in your ssh_config; ssh -G HOST | grep -i proxyjump shows each");
        }
        return options.jumps().isEmpty() ? Optional.empty() : Optional.of(jumpHost(options.jumps(), depth));
    }

    private Handshake handshake(SshOptions options, Optional<SSHClient> via) {
        Duration within = Optional.ofNullable(options.connectTimeout()).orElse(settings.connectTimeout());
        return new Handshake(options, check(options), within, via);
    }

    /**
     * The connection to the last of a chain of jump hosts. The first is reached as ssh_config has it, each other from
     * the one before.
     */
    private SSHClient jumpHost(List<String> chain, int depth) {
        String key = String.join(",", chain);
        Jump jump;
        synchronized (jumps) {
            jump = jumps.computeIfAbsent(key, name -> new Jump());
        }
        long came = System.nanoTime();
        jump.lock.lock();
        try {
            SSHClient client = jump.client.orElse(null);
            if (client != null && client.isConnected()) return client;
            Unreachable failure = jump.failure;
            // A thread that waited while another one failed takes that failure.
            if (failure != null && jump.failed - came > 0)
                throw new Unreachable(failure.stage(), failure.why(), failure, failure.cure());
            List<String> before = chain.subList(0, chain.size() - 1);
            SshOptions options = config.of(target(chain.getLast()), before);
            SSHClient made = before.isEmpty()
                    ? open(options, depth + 1)
                    : connect(options, handshake(options, Optional.of(jumpHost(before, depth + 1))));
            jump.client = Optional.of(made);
            return made;
        } catch (Unreachable e) {
            jump.failure = e;
            jump.failed = System.nanoTime();
            throw new Unreachable(e.stage(), "jump host " + chain.getLast() + ": " + e.why(), e, e.cure());
        } finally {
            jump.lock.unlock();
        }
    }

    private static SshTarget target(String jump) {
        String text = jump.startsWith("ssh://") ? jump.substring("ssh://".length()) : jump;
        return SshTarget.parse(text)
                .orElseThrow(() -> Unreachable.by(
                        "not a jump host: " + jump,
                        null,
                        "write it as [user@]host[:port] at ProxyJump in your ssh_config"));
    }

    private SSHClient connect(SshOptions options, Handshake handshake) {
        HostKeyCheck check = handshake.check();
        int within = (int) handshake.within().toMillis();
        StreamSshClient client = new StreamSshClient(new Algorithms(options.offers(), check.expectsCertificate()));
        boolean done = false;
        try {
            client.addHostKeyVerifier(check);
            client.getTransport().setTimeoutMs(within);
            client.getConnection().setTimeoutMs(within);
            keepAlive(client);
            handshake.perform(client);
            client.takenKey(authentication.authenticate(client, options));
            done = true;
            return client;
        } finally {
            if (!done) {
                TcpConnector.closeQuietly(client);
                handshake.close();
            }
        }
    }

    private HostKeyCheck check(SshOptions options) {
        boolean accepting = options.policy().acceptNew() || settings.hostKeys() == Settings.HostKeys.ACCEPT_NEW;
        try {
            return new HostKeyCheck(options.policy(), accepting);
        } catch (IOException e) {
            throw Unreachable.by(
                    options.place() + ": its known host keys cannot be read: " + e.getMessage(),
                    e,
                    "mend what it names, or have another one: UserKnownHostsFile, GlobalKnownHostsFile or KnownHostsCommand in"
                            + " your ssh_config");
        }
    }

    private static void keepAlive(SSHClient client) {
        if (client.getConnection().getKeepAlive() instanceof KeepAliveRunner runner) {
            runner.setKeepAliveInterval((int) KEEPALIVE.toSeconds());
            runner.setMaxAliveCount(KEEPALIVES_MISSED);
        }
    }

    @Override
    public void close() {
        synchronized (jumps) {
            for (Jump jump : jumps.values()) jump.client.ifPresent(TcpConnector::closeQuietly);
            jumps.clear();
        }
        reached.values().forEach(one -> one.handshake().close());
        reached.clear();
    }

    private static final class Jump {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile Optional<SSHClient> client = Optional.empty();
        private @Nullable Unreachable failure;
        private long failed;
    }
}
