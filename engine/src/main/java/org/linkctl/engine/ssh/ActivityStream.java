package org.linkctl.engine.ssh;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that reports each byte it passes on to the watchdog of the script under way. */
final class ActivityStream extends FilterInputStream {
    private volatile @Nullable Watchdog watchdog;

    ActivityStream(InputStream in) {
        super(in);
    }

    void reportTo(@Nullable Watchdog now) {
        watchdog = now;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        Watchdog now = watchdog;
        if (now != null && read > 0) now.activity(read);
        return read;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        Watchdog now = watchdog;
        if (now != null && skipped > 0) now.activity((int) Math.min(Integer.MAX_VALUE, skipped));
        return skipped;
    }
}
