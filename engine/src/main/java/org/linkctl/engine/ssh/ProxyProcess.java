package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.linkctl.engine.HostThreads;

/**
 * ProxyCommand of ssh_config(5): a local process that carries the connection; its standard error is kept for messages.
 */
final class ProxyProcess implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final long PARTING_MILLIS = 500;

    private final Process process;
    private final StreamTail errors;
    private final PipedInputStream in = new PipedInputStream(BUFFER);

    /** @param command a command line for the user's shell, run as ssh(1) does (sshconnect.c, ssh_proxy_connect) */
    ProxyProcess(String command, Map<String, String> environment) throws IOException {
        String shell = Optional.ofNullable(environment.get("SHELL"))
                .filter(name -> !name.isEmpty())
                .orElse("/bin/sh");
        PipedOutputStream pipe = new PipedOutputStream(in);
        this.process = new ProcessBuilder(shell, "-c", "exec " + command).start();
        this.errors = new StreamTail(process.getErrorStream());
        HostThreads.start("proxy", () -> pump(process.getInputStream(), pipe));
    }

    StreamSocket socket() {
        return new StreamSocket(in, process.getOutputStream(), this);
    }

    /** Its standard error so far; waits a moment for a process that is about to end. */
    String said() {
        try {
            process.waitFor(PARTING_MILLIS, TimeUnit.MILLISECONDS);
            errors.await(PARTING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return errors.text();
    }

    /**
     * Copies to a pipe of our own: a read from the process's pipe could not be ended while one of its children still
     * holds the other end.
     */
    private static void pump(InputStream from, OutputStream to) {
        byte[] buffer = new byte[BUFFER];
        try (from;
                to) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                to.write(buffer, 0, read);
                to.flush();
            }
        } catch (IOException e) {
            // One side has ended; the reader sees that.
            return;
        }
    }

    @Override
    public void close() {
        TcpConnector.closeQuietly(in);
        HostThreads.start("proxy-end", this::end);
    }

    /** Ends its children too: the shell may not have been replaced by the command. */
    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (process.waitFor(PARTING_MILLIS, TimeUnit.MILLISECONDS)) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
