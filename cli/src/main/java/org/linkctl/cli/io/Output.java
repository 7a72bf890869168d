package org.linkctl.cli.io;

import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A PrintWriter that keeps the first error: PrintWriter itself only knows that there was one. */
public final class Output extends PrintWriter {
    private final Remembering under;

    private Output(Remembering under) {
        super(under, false);
        this.under = under;
    }

    public static Output of(OutputStream stream) {
        return new Output(new Remembering(new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8))));
    }

    /** Why output was lost, in the system's words; empty: none was. */
    public static Optional<String> lost(PrintWriter writer) {
        if (!writer.checkError()) return Optional.empty();
        IOException why = writer instanceof Output output ? output.under.first : null;
        return Optional.of(why == null ? "it cannot be written" : String.valueOf(why.getMessage()));
    }

    private static final class Remembering extends FilterWriter {
        private @Nullable IOException first;

        Remembering(Writer to) {
            super(to);
        }

        @Override
        public void write(int c) throws IOException {
            write(new char[] {(char) c}, 0, 1);
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            remember(() -> out.write(text, from, length));
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            remember(() -> out.write(text, from, length));
        }

        @Override
        public void flush() throws IOException {
            remember(out::flush);
        }

        private void remember(Writing what) throws IOException {
            try {
                what.run();
            } catch (IOException e) {
                if (first == null) first = e;
                throw e;
            }
        }
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }
}
