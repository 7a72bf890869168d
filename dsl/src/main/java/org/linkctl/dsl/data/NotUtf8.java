package org.linkctl.dsl.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The first byte of a file that is no UTF-8.
 *
 * @param line from 1 on
 * @param column from 1 on, in characters
 * @param value the byte
 */
public record NotUtf8(int line, int column, int value) {
    /** Without a mark at its beginning, so many bytes are looked at. */
    private static final int BEGINNING = 64;

    /**
     * Whether a file is in UTF-16: by its byte order mark, or as every second byte at its beginning is 0, as that of any
     * character of ASCII is (RFC 2781, 3.2 and 4.3).
     */
    public static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) return false;
        int mark = ((bytes[0] & 0xff) << 8) + (bytes[1] & 0xff);
        return mark == 0xfeff || mark == 0xfffe || hasZeros(bytes, 0) || hasZeros(bytes, 1);
    }

    private static boolean hasZeros(byte[] bytes, int first) {
        for (int i = 0; i < Math.min(bytes.length, BEGINNING); i++) {
            if ((bytes[i] == 0) != (i % 2 == first)) return false;
        }
        return true;
    }

    /** Where a file is not in UTF-8; empty where it is. */
    public static Optional<NotUtf8> first(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (!result.isError()) return Optional.empty();
        String before = out.flip().toString();
        int last = before.lastIndexOf('\n');
        int line = (int) before.chars().filter(one -> one == '\n').count() + 1;
        return Optional.of(new NotUtf8(line, before.length() - last, bytes[in.position()] & 0xff));
    }

    /** The byte, as messages show it, with what it is in the encoding that most such files have. */
    public String shown() {
        String latin = value >= 0xa0 ? ", which is " + (char) value + " in ISO 8859-1" : "";
        return String.format("the byte 0x%02x%s", value, latin);
    }
}
