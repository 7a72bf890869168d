package org.linkctl.engine.ssh;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.linkctl.engine.HostThreads;
import org.linkctl.engine.script.Limits;
import org.linkctl.engine.script.SafeText;

/** Runs a program of this machine, such as {@code ssh -G}, with a limit for its time and its output. */
final class LocalProgram {
    private static final long PARTING_MILLIS = 1000;

    /** @param errors the end of its standard error, on one line */
    record Answer(int status, String output, String errors) {}

    private LocalProgram() {}

    /** @throws IOException where it cannot be started, does not end in time or prints too much */
    static Answer run(List<String> words, int seconds) throws IOException {
        Process process = new ProcessBuilder(words)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        try {
            StreamTail errors = new StreamTail(process.getErrorStream());
            Output output = new Output(process.getInputStream());
            if (!process.waitFor(seconds, TimeUnit.SECONDS))
                throw new IOException(words.getFirst() + " did not end within " + seconds + " s");
            output.reader.join(PARTING_MILLIS);
            errors.await(PARTING_MILLIS);
            return new Answer(process.exitValue(), output.text(), SafeText.end(errors.text()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            if (process.isAlive()) end(process);
        }
    }

    /** Ends it with its children. Those of a process that has ended have another parent, and to look for them takes all of /proc. */
    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Reads standard output in a thread of its own: a child that lives on may keep the stream open. */
    private static final class Output {
        private final ByteArrayOutputStream said = new ByteArrayOutputStream();
        private final Thread reader;

        Output(InputStream in) {
            this.reader = HostThreads.start("helper", () -> read(in));
        }

        private void read(InputStream in) {
            byte[] buffer = new byte[8192];
            try {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) keep(buffer, read);
            } catch (IOException e) {
                return; // The stream ends with the process; what was read counts.
            }
        }

        private synchronized void keep(byte[] buffer, int read) {
            if (said.size() <= Limits.MIB) said.write(buffer, 0, read);
        }

        synchronized String text() throws IOException {
            if (said.size() > Limits.MIB) throw new IOException("more than 1 MiB was said");
            return said.toString(StandardCharsets.UTF_8);
        }
    }
}
