package org.linkctl.engine.script;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the reply to a script, strictly. After whatever a login prints, each line starts with the script's nonce:
 * {@code begin}, {@code done N STATUS} for every command, {@code sizes} with the lines of wc(1), {@code data} with
 * exactly so many bytes, {@code end}.
 */
final class Frames {
    private static final int LINE = 256;
    private static final Pattern SIZE = Pattern.compile(" *([0-9]{1,12}) ([0-9]+\\.[oeOE])");
    private static final Pattern TOTAL = Pattern.compile(" *[0-9]+ total");

    private final InputStream in;
    private final Script script;
    private boolean begun;

    private Frames(InputStream in, Script script) {
        this.in = new BufferedInputStream(in);
        this.script = script;
    }

    /**
     * The parts of a reply, in the order of the commands.
     *
     * @param in what the host sends; read up to the last frame, not to its end
     * @throws BadReply where anything is not as it has to be
     */
    static List<Part> read(InputStream in, Script script) throws IOException {
        return new Frames(in, script).parts();
    }

    private List<Part> parts() throws IOException {
        begin();
        begun = true;
        List<Part.Status> statuses = new ArrayList<>();
        for (int i = 1; i <= script.commands(); i++) statuses.add(status(i));
        expect("sizes");
        int[] sizes = sizes();
        List<byte[]> streams = new ArrayList<>();
        for (int size : sizes) streams.add(stream(size));
        if (in.read() != '\n') throw bad("the answers are longer than announced");
        expect("end");
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < statuses.size(); i++)
            parts.add(new Part(statuses.get(i), streams.get(2 * i), streams.get(2 * i + 1)));
        return parts;
    }

    /** Skips what a login prints. The first frame may stand behind a last line without an end. */
    private void begin() throws IOException {
        String begin = script.nonce() + " begin";
        StringBuilder noise = new StringBuilder();
        for (int left = script.limits().noise(); left > 0; left--) {
            int one = in.read();
            if (one < 0)
                throw bad(
                        noise.isEmpty() ? "no answer to the script" : "no answer to the script, but: " + shown(noise));
            if (one == '\n' && endsWith(noise, begin)) return;
            if (one == '\n' && endsWith(noise, script.nonce() + " noroom"))
                throw bad("no folder there in which a scratch folder could be made: /run, /dev/shm, /tmp, /var/tmp");
            noise.append((char) one);
        }
        throw bad("no answer to the script, but: " + shown(noise));
    }

    private static boolean endsWith(StringBuilder text, String end) {
        return text.length() >= end.length() && text.indexOf(end, text.length() - end.length()) >= 0;
    }

    private Part.Status status(int number) throws IOException {
        String start = script.nonce() + " done " + number + " ";
        String line = line();
        if (!line.startsWith(start)) throw bad("the status of command " + number + " is missing");
        String status = line.substring(start.length());
        if (status.equals("late")) return new Part.Status.Late();
        if (status.equals("noroom")) return new Part.Status.NoRoom();
        if (!status.matches("[0-9]{1,3}")) throw bad("the status of command " + number + " is no number");
        return new Part.Status.Exit(Integer.parseInt(status));
    }

    /** The sizes that wc(1) gives, and the line that ends them. */
    private int[] sizes() throws IOException {
        List<String> files = script.files();
        int[] sizes = new int[files.size()];
        long sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            Matcher match = SIZE.matcher(line());
            if (!match.matches() || !match.group(2).equals(files.get(i)))
                throw bad("the sizes of the answers are missing");
            long size = Long.parseLong(match.group(1));
            sum += size;
            if (size > Integer.MAX_VALUE || sum > script.limits().session())
                throw bad("answers of more than " + script.limits().session() + " bytes");
            sizes[i] = (int) size;
        }
        String line = line();
        if (TOTAL.matcher(line).matches()) line = line();
        if (!line.equals(script.nonce() + " data")) throw bad("the answers are missing");
        return sizes;
    }

    /** One stream; of one that is too long only so much is kept that this can be seen. */
    private byte[] stream(int size) throws IOException {
        int kept = Math.min(size, script.limits().answer() + 1);
        byte[] bytes = in.readNBytes(kept);
        long left = (long) size - bytes.length;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped == 0 && in.read() < 0) throw bad("the connection ended in the middle of the answers");
            left -= Math.max(1, skipped);
        }
        return bytes;
    }

    private void expect(String word) throws IOException {
        if (!line().equals(script.nonce() + " " + word)) throw bad("the frame \"" + word + "\" is missing");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) throw bad("the connection ended before the answers were complete");
            if (line.length() >= LINE) throw bad("a frame line is too long");
            line.append((char) one);
        }
        return line.toString();
    }

    private BadReply bad(String what) {
        return new BadReply(what, begun);
    }

    /** The end of what came instead, on one line, harmless for a terminal. */
    private static String shown(CharSequence noise) {
        byte[] bytes = noise.toString().getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        String tail = text.length() > 300 ? "…" + text.substring(text.length() - 300) : text;
        return tail.replaceAll("[\\p{Cntrl}&&[^\n]]", "?").replaceAll("\\s*\n\\s*", " | ");
    }
}
