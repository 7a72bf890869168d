package org.linkctl.engine.ssh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.SocketFactory;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.SSHClient;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.HostThreads;

/**
 * SSHJ's client over a connection that is there already. Closing it never hangs: SSHJ takes leave (RFC 4253, section
 * 11.1) under the lock of its writer, which a peer that reads nothing can hold for ever.
 */
final class StreamSshClient extends SSHClient {
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private volatile @Nullable StreamSocket wire;

    /** The name of the key that was taken. */
    private volatile String key = "";

    StreamSshClient(Config config) {
        super(config);
    }

    void takenKey(String name) {
        key = name;
    }

    String takenKey() {
        return key;
    }

    /** Identification and key exchange. */
    void connect(StreamSocket over, String hostname, int port) throws IOException {
        wire = over;
        setSocketFactory(new Ready(over));
        connect(hostname, port);
    }

    @Override
    public void disconnect() throws IOException {
        StreamSocket there = wire;
        if (there == null) {
            super.disconnect();
            return;
        }
        Thread farewell = HostThreads.start("farewell", this::farewell);
        try {
            farewell.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            there.close();
        }
    }

    private void farewell() {
        try {
            super.disconnect();
        } catch (IOException e) {
            return; // The connection is being left, and whatever else it held goes with its streams.
        }
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
