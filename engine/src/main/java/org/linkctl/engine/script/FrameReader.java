package org.linkctl.engine.script;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the reply of a root shell to one script, strictly and not a byte beyond it. After whatever a login prints, each
 * line starts with the script's word: {@code begin}, {@code done N STATUS} for every command, {@code sizes} with the
 * lines of wc(1), {@code data} with exactly that many bytes, {@code end}. Steps are reported one by one: {@code step N}
 * when it begins, then {@code done} and its output, or {@code silent}.
 */
final class FrameReader {
    private static final int LINE = 256;
    private static final Pattern SIZE = Pattern.compile(" *([0-9]{1,12}) ([0-9]+\\.[oeOE])");
    private static final Pattern TOTAL = Pattern.compile(" *[0-9]+ total");

    private final InputStream in;
    private final String word;
    private final Limits limits;

    FrameReader(InputStream in, Script script) {
        this.in = in;
        this.word = script.word();
        this.limits = script.limits();
    }

    /**
     * Skips what a login prints. The first frame may follow a last line without a newline.
     *
     * @return the rest of the first frame's line
     */
    String first() throws IOException {
        String start = word + " ";
        StringBuilder noise = new StringBuilder();
        for (int left = limits.noise(); left > 0; left--) {
            int one = in.read();
            if (one < 0) throw new BadReply("no answer to the script", shown(noise));
            if (one == '\n') {
                int at = noise.lastIndexOf(start);
                if (at >= 0) return noise.substring(at + start.length());
            }
            noise.append((char) one);
        }
        throw new BadReply("no answer to the script", shown(noise));
    }

    void begin() throws IOException {
        if (!first().equals("begin")) throw new BadReply("the frame \"begin\" is missing");
    }

    void end() throws IOException {
        expect("end");
    }

    void step(int number) throws IOException {
        expect("step " + number);
    }

    CommandResult.Status status(int number) throws IOException {
        String start = word + " done " + number + " ";
        String line = line();
        if (!line.startsWith(start)) throw new BadReply("the status of command " + number + " is missing");
        String status = line.substring(start.length());
        if (status.equals("late")) return new CommandResult.Status.TimedOut();
        if (status.equals("noroom")) return new CommandResult.Status.NoRoom();
        if (!status.matches("[0-9]{1,3}")) throw new BadReply("the status of command " + number + " is no number");
        return new CommandResult.Status.Exit(Integer.parseInt(status));
    }

    /** What a step printed: standard output and standard error. */
    List<byte[]> output(int number) throws IOException {
        String line = line();
        if (line.equals(word + " silent")) return List.of(new byte[0], new byte[0]);
        return streams(line, List.of(number + ".O", number + ".E"));
    }

    /** The content of streams of these names. */
    List<byte[]> streams(List<String> files) throws IOException {
        return streams(line(), files);
    }

    private List<byte[]> streams(String line, List<String> files) throws IOException {
        if (!line.equals(word + " sizes")) throw new BadReply("the frame \"sizes\" is missing");
        List<byte[]> streams = new ArrayList<>();
        for (int size : sizes(files)) streams.add(stream(size));
        if (in.read() != '\n') throw new BadReply("the answers are longer than announced");
        return streams;
    }

    /** Reads the sizes as wc(1) prints them, and the line that ends them. */
    private int[] sizes(List<String> files) throws IOException {
        int[] sizes = new int[files.size()];
        long sum = 0;
        for (int i = 0; i < sizes.length; i++) {
            Matcher match = SIZE.matcher(line());
            if (!match.matches() || !match.group(2).equals(files.get(i)))
                throw new BadReply("the sizes of the answers are missing");
            long size = Long.parseLong(match.group(1));
            sum += size;
            if (size > Integer.MAX_VALUE || sum > limits.session())
                throw new BadReply("answers of more than " + limits.session() + " bytes");
            sizes[i] = (int) size;
        }
        String line = line();
        if (TOTAL.matcher(line).matches()) line = line();
        if (!line.equals(word + " data")) throw new BadReply("the answers are missing");
        return sizes;
    }

    /** Reads one stream; of one that is too long, one byte more than the limit is kept. */
    private byte[] stream(int size) throws IOException {
        int kept = Math.min(size, limits.answer() + 1);
        byte[] bytes = in.readNBytes(kept);
        long left = (long) size - bytes.length;
        while (left > 0) {
            long skipped = in.skip(left);
            if (skipped == 0 && in.read() < 0) throw new BadReply("the connection ended in the middle of the answers");
            left -= Math.max(1, skipped);
        }
        return bytes;
    }

    private void expect(String what) throws IOException {
        if (!line().equals(word + " " + what)) throw new BadReply("the frame \"" + what + "\" is missing");
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0) throw new BadReply("the connection ended before the answers were complete");
            if (line.length() >= LINE) throw new BadReply("a frame line is too long");
            line.append((char) one);
        }
        return line.toString();
    }

    /** The end of what came instead of a frame, on one line, without control characters. */
    private static String shown(CharSequence noise) {
        byte[] bytes = noise.toString().getBytes(StandardCharsets.ISO_8859_1);
        return SafeText.end(new String(bytes, StandardCharsets.UTF_8));
    }
}
