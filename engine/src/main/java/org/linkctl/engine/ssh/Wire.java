package org.linkctl.engine.ssh;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/**
 * Two streams that lead to an SSH server, as SSHJ wants them: a TCP connection, a process of this machine, or a channel
 * of the connection to a jump host.
 */
final class Wire extends Socket {
    private final Greeting in;
    private final OutputStream out;
    private final AutoCloseable end;

    /** @param end ends both streams at once, whoever waits in them, and waits for nobody itself */
    Wire(InputStream in, OutputStream out, AutoCloseable end) {
        this.in = new Greeting(in);
        this.out = out;
        this.end = end;
    }

    /** How the server named itself; null: it has not. */
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

    /** Not synchronized: whoever hangs in another method keeps nobody from ending it. */
    @Override
    public void close() {
        Dial.closeQuietly(end);
    }
}
