package org.linkctl.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How fast this machine emulates, whatever else runs on it: by the CPU time that the template's boot took, which is the
 * same work everywhere. It is kept beside the template.
 */
final class MachineSpeed {
    /** CPU time of that boot where the lab's limits were measured: 14 to 26 s. */
    private static final Duration REFERENCE = Duration.ofSeconds(26);

    /** Less says nothing: the same boot takes more or less by as much. */
    private static final double NOTABLE = 1.5;

    private static volatile double factor = 1;

    private MachineSpeed() {}

    /** How many times slower than the reference; 1 where it is not notably slower, or nothing is known. */
    static double factor() {
        return factor;
    }

    /** @param boot CPU time of the template's boot */
    static double factor(Duration boot) {
        double times = boot.toMillis() / (double) REFERENCE.toMillis();
        return times < NOTABLE ? 1 : times;
    }

    /** Keeps how long the processors were busy with a template that has just booted as this process. */
    static void note(Path template, long pid) throws IOException {
        Duration boot = ProcessHandle.of(pid)
                .flatMap(qemu -> qemu.info().totalCpuDuration())
                .orElse(Duration.ZERO);
        Files.writeString(file(template), boot.toMillis() + "\n");
    }

    /** From now on limits go by what was kept with this template. */
    static void read(Path template) {
        try {
            factor = factor(Duration.ofMillis(Long.parseLong(
                    Files.readString(file(template), StandardCharsets.UTF_8).strip())));
        } catch (IOException | NumberFormatException e) {
            // A template from before it was kept.
            factor = 1;
        }
    }

    private static Path file(Path template) {
        return template.resolve("boot-cpu-ms");
    }
}
