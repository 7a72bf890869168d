package org.linkctl.cli.io;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams, and what is known of them.
 *
 * @param terminals which of the streams are a terminal
 * @param width columns
 * @param environment the environment, with NO_COLOR and TERM
 */
public record Terminal(
        BufferedReader in,
        PrintWriter out,
        PrintWriter err,
        Set<Stream> terminals,
        int width,
        Map<String, String> environment) {
    /** A standard stream. */
    public enum Stream {
        IN,
        OUT,
        ERR
    }

    private static final int DEFAULT_WIDTH = 80;
    private static final int NARROWEST = 40;
    private static final int WIDEST = 200;

    public Terminal {
        terminals = Set.copyOf(terminals);
        environment = Map.copyOf(environment);
    }

    /**
     * The streams of this process. The launcher passes in properties what Java could not find out without loading more
     * classes: {@code linkctl.terminals}, such as {@code in,out,err}, and {@code linkctl.columns}.
     */
    public static Terminal system() {
        return new Terminal(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                terminals(System.getProperty("linkctl.terminals", "")),
                width(System.getProperty("linkctl.columns", "")),
                System.getenv());
    }

    private static PrintWriter writer(FileDescriptor stream) {
        return Output.of(new FileOutputStream(stream));
    }

    private static Set<Stream> terminals(String names) {
        return java.util.Arrays.stream(Stream.values())
                .filter(stream -> names.contains(stream.name().toLowerCase(java.util.Locale.ROOT)))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static int width(String columns) {
        if (!columns.matches("[0-9]{1,4}")) return DEFAULT_WIDTH;
        int width = Integer.parseInt(columns);
        return width == 0 ? DEFAULT_WIDTH : Math.clamp(width, NARROWEST, WIDEST);
    }

    public boolean is(Stream stream) {
        return terminals.contains(stream);
    }

    /** Whether there is a terminal to ask on. */
    public boolean canAsk() {
        return is(Stream.IN) && is(Stream.ERR);
    }

    /** Asks a question and reads a line; null at the end of the input. */
    public @Nullable String ask(String question) {
        err.print(question);
        err.flush();
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    /** Why standard output was lost; empty: nothing was. */
    public Optional<String> lost() {
        return Output.lost(out);
    }

    /** The same for either output stream. */
    public Optional<String> anyLost() {
        return lost().or(() -> Output.lost(err));
    }
}
