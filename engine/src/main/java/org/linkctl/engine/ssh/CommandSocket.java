package org.linkctl.engine.ssh;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;

/** ProxyCommand: a process of this machine stands for the connection, as sshd's other side sees its two streams. */
final class CommandSocket extends Socket {
    private final Process process;

    /** @param command a line for the user's shell, from the user's own ssh_config(5), which ssh(1) would run as well */
    CommandSocket(String command) throws IOException {
        this.process = new ProcessBuilder("/bin/sh", "-c", "exec " + command)
                .redirectError(ProcessBuilder.Redirect.to(new File("/dev/null")))
                .start();
    }

    @Override
    public InputStream getInputStream() {
        return process.getInputStream();
    }

    @Override
    public OutputStream getOutputStream() {
        return process.getOutputStream();
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
        // A process's pipe has none; the alarm around the key exchange ends what hangs.
    }

    @Override
    public synchronized void close() {
        process.destroy();
    }
}
