package org.linkctl.engine.script;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.linkctl.engine.StepResult;
import org.linkctl.shell.Step;

/**
 * A file on its way to a host, as scripts: one that begins, one for each part, one that compares the SHA-256 and puts the
 * file in place. A shell holds a whole script before it runs any of it, so that a large file in one would be a burden for a
 * small host. Parts are compressed (gzip) and in base64, which takes about what the file has for a program.
 */
public final class Transfer {
    /** Bytes of a file in one script. */
    public static final int PART = Limits.MIB;

    /** As mktemp(1) makes them beside a file: what is left of one goes with an undo. */
    private static final int NAME = 10;

    private final Step.SendFile send;
    private final String part;
    private final Limits limits;

    public Transfer(Step.SendFile send, Limits limits) {
        this.send = send;
        this.part = send.path().substring(0, send.path().lastIndexOf('/')) + "/.linkctl."
                + send.artifact().sha256().substring(0, NAME);
        this.limits = limits;
    }

    public Exchange<List<StepResult>> begin() {
        return exchange("lc_receive " + ShellCommands.path(send.path()) + " " + ShellCommands.path(part), "");
    }

    /** @param bytes at most {@link #PART} of them */
    public Exchange<List<StepResult>> part(byte[] bytes) {
        return exchange("lc_append " + ShellCommands.path(part), encoded(bytes));
    }

    public Exchange<List<StepResult>> end() {
        return exchange(
                "lc_accept " + ShellCommands.path(send.path()) + " " + ShellCommands.path(part) + " " + send.mode()
                        + " " + send.artifact().sha256(),
                "");
    }

    private Exchange<List<StepResult>> exchange(String command, String document) {
        return new StepExchange(
                ScriptWriter.single(command, document, limits), 1, StepProgress.NONE, new SecretRedactor());
    }

    private static String encoded(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encode(compressed.toByteArray());
        return new String(lines, StandardCharsets.ISO_8859_1);
    }
}
