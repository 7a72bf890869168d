package org.linkctl.cli.secrets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A program that prints secrets, run without a shell. Its standard error is discarded: it might quote a secret.
 *
 * @param within how long it may take; a user may have to unlock a key
 * @param most how many bytes it may print
 * @param folder the working folder
 */
record SecretProgram(Duration within, int most, Path folder) {
    /** The result of running the program. */
    sealed interface Result {
        /** Its whole output; the caller overwrites it. */
        final class Printed implements Result {
            private final byte[] bytes;

            private Printed(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        record Ended(int status) implements Result {}

        record Failed(String why) implements Result {}
    }

    Result run(List<String> words) {
        Process process;
        try {
            process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return new Result.Failed("cannot be run: " + words.getFirst());
        }
        FutureTask<byte @Nullable []> reading = new FutureTask<>(() -> {
            try (InputStream out = process.getInputStream()) {
                byte[] bytes = out.readNBytes(most + 1);
                return bytes.length > most ? null : bytes;
            }
        });
        Thread.ofVirtual().start(reading);
        try {
            return await(process, reading);
        } catch (TimeoutException e) {
            return new Result.Failed("took longer than " + within.toSeconds() + " s");
        } catch (ExecutionException e) {
            return new Result.Failed("its output cannot be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result.Failed("interrupted");
        } finally {
            end(process);
        }
    }

    private Result await(Process process, FutureTask<byte @Nullable []> reading)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + within.toNanos();
        byte[] bytes = reading.get(within.toNanos(), TimeUnit.NANOSECONDS);
        if (bytes == null) return new Result.Failed("printed more than " + most + " bytes");
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) throw new TimeoutException();
        return process.exitValue() == 0 ? new Result.Printed(bytes) : new Result.Ended(process.exitValue());
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
