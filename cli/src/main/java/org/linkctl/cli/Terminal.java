package org.linkctl.cli;

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
 * The three streams, and what is known of them.
 *
 * @param terminals which of the streams are a terminal
 * @param width columns
 * @param environment where NO_COLOR and TERM are looked up
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
     * This process's own. The launcher tells by properties what Java cannot ask without loading more: {@code
     * linkctl.terminals}, such as {@code in,out,err}, and {@code linkctl.columns}.
     */
    static Terminal system() {
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

    /** Whether somebody is there who can be asked. */
    public boolean canAsk() {
        return is(Stream.IN) && is(Stream.ERR);
    }

    /** Shows a question and waits for a line; null at the end of the input. */
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

    /** Why something written to the standard output is lost; empty where all was taken. */
    public Optional<String> lost() {
        return Output.lost(out);
    }

    /** The same of either output. */
    Optional<String> anyLost() {
        return lost().or(() -> Output.lost(err));
    }
}
