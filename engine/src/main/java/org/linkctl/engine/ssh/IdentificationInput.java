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
import org.linkctl.engine.script.SafeText;

/**
 * The bytes from a server, from its identification string on. Other lines may come before that (RFC 4253, section 4.2):
 * as many and as long ones as ssh(1) accepts are skipped (ssh.h, SSH_MAX_PRE_BANNER_LINES; kex.c, SSH_MAX_BANNER_LEN).
 * The identification itself has at most 255 bytes.
 */
final class IdentificationInput extends FilterInputStream {
    private static final int MAX_LINES = 1024;
    private static final int MAX_LINE = 8192;
    private static final int MAX_IDENTIFICATION = 255;
    private static final int SHOWN = 100;
    private static final String START = "SSH-";

    private volatile @Nullable String identification;
    private @Nullable String first;

    IdentificationInput(InputStream in) {
        super(new BufferedInputStream(in, 1 << 15));
    }

    /** The server's identification string; null: it has not come yet. */
    @Nullable
    String identification() {
        return identification;
    }

    @Override
    public int read() throws IOException {
        readIdentification();
        return in.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        readIdentification();
        return in.read(buffer, offset, length);
    }

    private void readIdentification() throws IOException {
        if (identification != null) return;
        for (int count = 0; count < MAX_LINES; count++) {
            byte[] line = line();
            String text = new String(line, StandardCharsets.ISO_8859_1);
            if (text.startsWith(START)) {
                if (line.length > MAX_IDENTIFICATION)
                    throw new IOException("its SSH identification is longer than " + MAX_IDENTIFICATION
                            + " bytes (RFC 4253, section 4.2)");
                identification = SafeText.start(text);
                in = new SequenceInputStream(new ByteArrayInputStream(line), in);
                return;
            }
            if (first == null) first = SafeText.start(text);
        }
        throw new IOException(
                "no SSH server: more than " + MAX_LINES + " lines came before an SSH identification" + received());
    }

    private byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int one = in.read(); one >= 0; one = in.read()) {
            line.write(one);
            if (one == '\n') return line.toByteArray();
            if (line.size() >= MAX_LINE) {
                if (first == null) first = SafeText.start(line.toString(StandardCharsets.UTF_8));
                throw new IOException("no SSH server: a line of more than " + MAX_LINE
                        + " bytes came before an SSH identification" + received());
            }
        }
        if (first == null && line.size() > 0) first = SafeText.start(line.toString(StandardCharsets.UTF_8));
        throw new IOException("the connection was closed before an SSH identification" + received());
    }

    private String received() {
        if (first == null || first.isEmpty()) return "";
        return "; it says: " + (first.length() > SHOWN ? first.substring(0, SHOWN) + "…" : first);
    }
}
