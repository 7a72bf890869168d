package org.linkctl.engine.script;

/**
 * Bytes as calls of printf, which is a builtin of every sh that hosts have: so the bytes are never an argument of a
 * process. Printable ASCII stays readable; all else is written in octal (POSIX XBD 5, format notation).
 */
final class PrintfEncoder {
    /** The most bytes in one call: short enough for any shell, with few enough calls. */
    private static final int CHUNK = 1024;

    private PrintfEncoder() {}

    static String of(byte[] content) {
        StringBuilder out = new StringBuilder(content.length * 5 / 4 + 16);
        boolean open = false;
        int length = 0;
        for (byte one : content) {
            if (!open) out.append("printf '");
            append(out, one, !open);
            open = true;
            length++;
            if (one == '\n' || length >= CHUNK) {
                out.append("'\n");
                open = false;
                length = 0;
            }
        }
        if (open) out.append("'\n");
        return out.isEmpty() ? ":\n" : out.toString();
    }

    private static void append(StringBuilder out, byte one, boolean first) {
        boolean option = first && one == '-';
        if (one == '\n') out.append("\\n");
        else if (one == '%') out.append("%%");
        else if (one == '\\') out.append("\\\\");
        else if (one >= ' ' && one <= '~' && one != '\'' && !option) out.append((char) one);
        else out.append(octal(one));
    }

    private static String octal(byte one) {
        int value = one & 0xff;
        return "\\" + (value >> 6) + (value >> 3 & 7) + (value & 7);
    }
}
