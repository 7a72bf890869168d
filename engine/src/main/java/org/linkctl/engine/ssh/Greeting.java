package org.linkctl.engine.ssh;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.script.Said;

/**
 * What a server sends, from its identification on. Other lines may come before that (RFC 4253, section 4.2); as many and
 * as long ones as ssh(1) takes are skipped (ssh.h, SSH_MAX_PRE_BANNER_LINES; kex.c, SSH_MAX_BANNER_LEN), and whoever
 * sends more is no SSH server. The identification itself has 255 bytes at most.
 */
final class Greeting extends FilterInputStream {
    private static final int LINES = 1024;
    private static final int LINE = 8192;
    private static final int IDENTIFICATION = 255;
    private static final int SHOWN = 100;
    private static final String START = "SSH-";

    private volatile @Nullable String identification;
    private @Nullable String first;

    Greeting(InputStream in) {
        super(new BufferedInputStream(in, 1 << 15));
    }

    /** How the server named itself; null: it has not. */
    @Nullable
    String identification() {
        return identification;
    }

    @Override
    public int read() throws IOException {
        greet();
        return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        greet();
        return in.read(buffer, offset, length);
    }

    private void greet() throws IOException {
        if (identification != null) return;
        for (int count = 0; count < LINES; count++) {
            byte[] line = line();
            String text = new String(line, StandardCharsets.ISO_8859_1);
            if (text.startsWith(START)) {
                if (line.length > IDENTIFICATION)
                    throw new IOException("its SSH identification is longer than " + IDENTIFICATION
                            + " bytes (RFC 4253, section 4.2)");
                identification = Said.start(text);
                in = new SequenceInputStream(new ByteArrayInputStream(line), in);
                return;
            }
            if (first == null) first = Said.start(text);
        }
        throw new IOException(
                "no SSH server: more than " + LINES + " lines came before an SSH identification" + came());
    }

    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            line.write(one);
            if (one == '\n') return line.toByteArray();
            if (line.size() >= LINE) {
                if (first == null) first = Said.start(line.toString(StandardCharsets.UTF_8));
                throw new IOException("no SSH server: a line of more than " + LINE
                        + " bytes came before an SSH identification" + came());
            }
        }
        if (first == null && line.size() > 0) first = Said.start(line.toString(StandardCharsets.UTF_8));
        throw new IOException("the connection was closed before an SSH identification" + came());
    }

    private String came() {
        if (first == null || first.isEmpty()) return "";
        return "; it says: " + (first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first);
    }
}
