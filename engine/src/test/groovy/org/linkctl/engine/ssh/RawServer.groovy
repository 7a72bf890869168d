package org.linkctl.engine.ssh

import java.util.concurrent.CopyOnWriteArrayList

/** A TCP server that speaks no SSH, or only the beginning of it: the test says what it does with a connection. */
class RawServer implements AutoCloseable {
    final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getByName('127.0.0.1'))
    private final List<Socket> peers = new CopyOnWriteArrayList<>()

    RawServer(Closure<?> talk) {
        Thread.startDaemon {
            try {
                while (true) {
                    def peer = socket.accept()
                    peers << peer
                    Thread.startDaemon { try { talk(peer.inputStream, peer.outputStream) } catch (IOException ignored) { } }
                }
            } catch (IOException ignored) {
            }
        }
    }

    /** Writes the same again and again, with a pause between. */
    static void repeat(OutputStream out, byte[] bytes, long pauseMillis = 0) {
        while (true) {
            out.write(bytes)
            out.flush()
            if (pauseMillis) sleep(pauseMillis)
        }
    }

    /** A packet of the binary packet protocol before any key (RFC 4253, section 6). */
    static byte[] packet(byte... payload) {
        int padding = 8 - (payload.length + 5) % 8 + 8
        def bytes = new ByteArrayOutputStream()
        def out = new DataOutputStream(bytes)
        out.writeInt(payload.length + 1 + padding)
        out.writeByte(padding)
        out.write(payload)
        out.write(new byte[padding])
        bytes.toByteArray()
    }

    int getPort() { socket.localPort }

    void close() {
        socket.close()
        peers*.close()
    }
}
