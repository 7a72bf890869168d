package org.linkctl.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** The second serial port of a lab host, by which the lab tells it who it is before it has a network. */
final class ControlPort implements AutoCloseable {
    /** Between two looks whether the limit is over. */
    private static final long LOOK_MILLIS = 500;

    private final SocketChannel channel;
    private final StringBuilder heard = new StringBuilder();

    private ControlPort(SocketChannel channel) {
        this.channel = channel;
    }

    static ControlPort connect(Path socket) {
        return new ControlPort(Poll.untilPresent(
                "the serial port at " + socket, Duration.ofSeconds(20), () -> Qmp.tryConnect(socket)));
    }

    void write(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new LabException("the host's serial port is gone", e);
        }
    }

    /**
     * Listens until {@code good} is heard.
     *
     * @throws LabException if the limit passed, the port closed, or the host said {@code lab-failed}, with all heard
     */
    void await(String good, Duration limit) {
        Patience patience = Patience.of(limit);
        try (Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            while (heard.indexOf(good) < 0) {
                boolean failed = heard.indexOf("lab-failed") >= 0;
                if (failed || patience.over()) {
                    throw new LabException("the host did not say \"" + good + "\" within " + patience.told()
                            + ", but: \"" + heard + "\"");
                }
                selector.select(LOOK_MILLIS);
                selector.selectedKeys().clear();
                buffer.clear();
                if (channel.read(buffer) < 0) {
                    throw new LabException("QEMU closed the serial port after: \"" + heard + "\"");
                }
                heard.append(StandardCharsets.UTF_8.decode(buffer.flip()));
            }
        } catch (IOException e) {
            throw new LabException("cannot listen to the host's serial port", e);
        }
        try {
            channel.configureBlocking(true);
        } catch (IOException e) {
            throw new LabException("cannot listen to the host's serial port", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LabException("cannot close a serial port", e);
        }
    }
}
