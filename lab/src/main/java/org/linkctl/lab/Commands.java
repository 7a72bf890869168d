package org.linkctl.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Programs of this machine, run to their end. */
final class Commands {
    /** Between two looks whether the limit of a program that runs on is over. */
    private static final long LOOK_MILLIS = 500;

    private Commands() {}

    /**
     * Runs {@code words} with {@code input} on standard input and collects both outputs.
     *
     * @param limit after which it is ended, on a machine that has nothing else to do
     */
    static ExecResult run(List<String> words, String input, Duration limit) {
        try {
            Process process = new ProcessBuilder(words).start();
            CompletableFuture<String> out = aside(() -> all(process.getInputStream()));
            CompletableFuture<String> err = aside(() -> all(process.getErrorStream()));
            feed(process, input);
            Patience patience = Patience.of(limit);
            while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (patience.over()) {
                    process.destroyForcibly();
                    throw new LabException(words.getFirst() + " did not end within " + patience.told() + ": " + words);
                }
            }
            return new ExecResult(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new LabException("cannot run " + words.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while running " + words.getFirst(), e);
        }
    }

    /** In a thread of its own: the common pool has one on two processors, where one long program would hold up all others. */
    private static CompletableFuture<String> aside(Supplier<String> reading) {
        return CompletableFuture.supplyAsync(
                reading, task -> Thread.ofPlatform().daemon().start(task));
    }

    /** Runs {@code words} with everything it says going to {@code log}; fails with the end of that log. */
    static void logged(List<String> words, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            // Nothing that was started here goes on alone, whether this thread or the whole program is ended.
            try (OnExit _ = OnExit.run(() -> destroy(process))) {
                if (process.waitFor() != 0) {
                    throw new LabException(words.getFirst() + " failed; the end of its log:\n" + tail(log));
                }
            } finally {
                destroy(process);
            }
        } catch (IOException e) {
            throw new LabException("cannot run " + words.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while running " + words.getFirst(), e);
        }
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** The last lines of a file, for an error message; empty if there is none. */
    static String tail(Path file) {
        try {
            List<String> lines =
                    Files.readString(file, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "";
        }
    }

    /** What such a file is, where it is, and its last lines. */
    static String end(String what, Path file) {
        return what + ", " + file + ", ends:\n" + tail(file);
    }

    private static void feed(Process process, String input) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The program ended without reading all of it: its exit status tells the rest.
            return;
        }
    }

    private static String all(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
