package org.linkctl.engine.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * A pair of streams to an SSH server as the socket that SSHJ wants: a TCP connection, a local process, or a channel of
 * the connection to a jump host.
 */
final class StreamSocket extends Socket {
    private final IdentificationInput in;
    private final OutputStream out;
    private final AutoCloseable end;

    /** @param end closes both streams at once, also under a blocked read, and does not block itself */
    StreamSocket(InputStream in, OutputStream out, AutoCloseable end) {
        this.in = new IdentificationInput(in);
        this.out = out;
        this.end = end;
    }

    /** The server's identification string; null: it has not come yet. */
    @Nullable
    String identification() {
        return in.identification();
    }

    @Override
    public InputStream getInputStream() {
        return in;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public int getPort() {
        return 0;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void setSoTimeout(int timeout) {
        // Not every stream has one; alarms end what hangs.
    }

    /** Not synchronized: a thread that hangs in another method must not keep others from closing it. */
    @Override
    public void close() {
        TcpConnector.closeQuietly(end);
    }
}
