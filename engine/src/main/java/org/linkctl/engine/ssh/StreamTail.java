package org.linkctl.engine.ssh;

import java.io.IOException;
import java.io.InputStream;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.script.SafeText;

/** Reads a stream to its end and keeps only the last bytes. */
final class StreamTail {
    private static final int KEPT = 4096;

    private final InputStream in;
    private final byte[] ring = new byte[KEPT];
    private long count;
    private final Thread reader;

    StreamTail(InputStream in) {
        this.in = in;
        this.reader = HostThreads.start("drain", this::drain);
    }

    private void drain() {
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) keep(buffer, read);
        } catch (IOException e) {
            keep(new byte[0], 0); // The stream ends with its connection; what was read counts.
        }
    }

    private synchronized void keep(byte[] buffer, int read) {
        for (int i = Math.max(0, read - KEPT); i < read; i++) {
            ring[(int) (count % KEPT)] = buffer[i];
            count++;
        }
    }

    /** What was read so far, on one line, without control characters. */
    synchronized String text() {
        int length = (int) Math.min(count, KEPT);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = ring[(int) ((count - length + i) % KEPT)];
        return SafeText.oneLine(bytes);
    }

    /** Waits until the stream has ended, at most this long. */
    void await(long millis) throws InterruptedException {
        reader.join(java.time.Duration.ofMillis(millis));
    }
}
