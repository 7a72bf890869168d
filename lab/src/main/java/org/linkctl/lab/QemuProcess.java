package org.linkctl.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A QEMU as a process of this machine: started in a session of its own, found again by its pid, and ended. */
final class QemuProcess {
    private QemuProcess() {}

    /**
     * Starts a QEMU that outlives this program and waits until it has written its pid.
     *
     * @return the pid of QEMU itself, not of the timeout(1) that bounds its life
     */
    static long start(List<String> words, Path folder) {
        Path log = folder.resolve("qemu.log");
        try {
            Files.deleteIfExists(folder.resolve("pid"));
            Process process = new ProcessBuilder(words)
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return Poll.untilPresent("QEMU in " + folder, Duration.ofSeconds(30), () -> {
                if (!process.isAlive()) {
                    throw new LabException("QEMU did not start:\n" + Commands.tail(log));
                }
                return pid(folder);
            });
        } catch (IOException e) {
            throw new LabException("cannot start QEMU", e);
        }
    }

    /** The pid that QEMU wrote, if it has. */
    static Optional<Long> pid(Path folder) {
        try {
            String text = Files.readString(folder.resolve("pid"), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? Optional.of(Long.valueOf(text.strip())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a process of that pid runs AND is still the QEMU of that folder: pids are used again. */
    static boolean isOurs(long pid, Path folder) {
        String command = command(pid);
        return command.contains("qemu")
                && command.contains(folder.resolve("pid").toString());
    }

    /** The command line of a process; empty for one that has ended, whether or not somebody collected it. */
    private static String command(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /** Ends the QEMU of a folder at once, if it runs, and waits until it is gone. */
    static void kill(Path folder) {
        pid(folder).ifPresent(pid -> kill(pid, folder));
    }

    /** Ends that process at once, if it is still the QEMU of that folder, and waits until it is gone. */
    static void kill(long pid, Path folder) {
        if (isOurs(pid, folder)) {
            Optional<ProcessHandle> qemu = ProcessHandle.of(pid);
            // timeout(1) ends by itself when what it runs has ended.
            Optional<ProcessHandle> timeout = qemu.flatMap(ProcessHandle::parent);
            qemu.ifPresent(ProcessHandle::destroyForcibly);
            Poll.until("the end of QEMU " + pid, Duration.ofSeconds(20), () -> !isOurs(pid, folder));
            timeout.filter(t -> command(t.pid()).startsWith("timeout\0"))
                    .ifPresent(t -> Poll.until(
                            "the end of timeout " + t.pid(),
                            Duration.ofSeconds(20),
                            () -> command(t.pid()).isEmpty()));
        }
    }
}
