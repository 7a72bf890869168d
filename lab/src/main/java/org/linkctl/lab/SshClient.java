package org.linkctl.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** This machine's ssh(1), by the lab's configuration, with one connection a host kept open: a login costs a second. */
final class SshClient {
    /** What reads a script, whatever the login shell is. */
    static final String SHELL = "/bin/sh -s";

    private static final Duration CONNECT = Duration.ofSeconds(60);
    static final Duration BANNER = Duration.ofSeconds(5);

    private final Path config;
    private final Path sockets;

    SshClient(Path config, Path sockets) {
        this.config = config;
        this.sockets = sockets;
    }

    List<String> command(String host) {
        return List.of("ssh", "-F", config.toString(), host);
    }

    ExecResult exec(LabState.Host to, String script, Duration limit) {
        String host = to.name();
        List<String> words = new ArrayList<>(List.of("ssh", "-F", config.toString(), "-o", "BatchMode=yes"));
        words.addAll(List.of(
                "-o",
                "ControlMaster=auto",
                "-o",
                "ControlPersist=600",
                "-S",
                socket(host).toString()));
        words.addAll(List.of(
                "-o",
                "ServerAliveInterval=15",
                "-o",
                "ServerAliveCountMax=8",
                "-o",
                "ConnectTimeout=" + Patience.stretched(CONNECT).toSeconds()));
        words.addAll(List.of(host, to.login().shell()));
        return Commands.run(words, script, limit);
    }

    /** Ends the kept connection, which a reboot of the host would leave hanging. */
    void hangUp(String host) {
        if (Files.exists(socket(host))) {
            ExecResult _ = Commands.run(
                    List.of("ssh", "-F", config.toString(), "-S", socket(host).toString(), "-O", "exit", host),
                    "",
                    Duration.ofSeconds(20));
        }
    }

    private Path socket(String host) {
        return sockets.resolve(host + ".ssh");
    }

    /**
     * Waits for an sshd. Only its banner is asked for: a login that gives up early would have cost the host a fork.
     * QEMU accepts connections for a host that is not up yet, so an open port alone says nothing.
     */
    static void awaitBanner(int port, Duration limit) {
        Poll.until("sshd behind port " + port, limit, () -> hasBanner(port, BANNER));
    }

    /**
     * Whether an sshd says hello within {@code patience}, more where the machine is slow; a busy emulated host takes
     * seconds to fork one.
     */
    static boolean hasBanner(int port, Duration patience) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            socket.setSoTimeout((int) Patience.stretched(patience).toMillis());
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        } catch (IOException e) {
            return false;
        }
    }
}
