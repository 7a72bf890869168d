package org.linkctl.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How QEMU runs the guests: by KVM where that was seen to work here, else by emulation. That /dev/kvm exists says
 * little: inside some virtual machines a guest kernel hangs or QEMU dies. So a kernel is booted as far as its first
 * program, once, and the verdict is remembered for as long as this machine runs the same kernel.
 */
final class Accelerator {
    static final String KVM = "kvm";
    static final String TCG = "tcg";
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(15);

    private Accelerator() {}

    static String choose(Path boot, Progress progress) throws IOException {
        Path kvm = Path.of("/dev/kvm");
        if (!Files.isReadable(kvm) || !Files.isWritable(kvm)) {
            return TCG;
        }
        Path verdict = boot.resolve("accelerator");
        if (Files.exists(verdict)) {
            List<String> lines = Files.readAllLines(verdict, StandardCharsets.UTF_8);
            if (lines.size() == 2 && lines.get(1).equals(kernel())) {
                return lines.getFirst();
            }
        }
        progress.say("testing whether KVM really boots a kernel here (at most " + PROBE_LIMIT.toSeconds() + " s)");
        String chosen = boots(boot) ? KVM : TCG;
        progress.say(chosen.equals(KVM) ? "KVM works" : "KVM is there but does not work; using emulation");
        remember(boot, chosen);
        return chosen;
    }

    /** Writes a verdict down, also one that was reached later, when a whole system would not boot. */
    static void remember(Path boot, String verdict) throws IOException {
        Files.writeString(boot.resolve("accelerator"), verdict + "\n" + kernel() + "\n");
    }

    private static String kernel() throws IOException {
        return Files.readString(Path.of("/proc/version"), StandardCharsets.UTF_8)
                .strip();
    }

    private static boolean boots(Path boot) throws IOException {
        Path folder = Files.createTempDirectory("linkctl-kvm");
        QemuArgs args = new QemuArgs("probe", KVM, boot, folder, folder, PROBE_LIMIT.multipliedBy(Patience.MOST + 1));
        try {
            Image.overlay(boot.resolve("root.qcow2"), folder.resolve("disk.qcow2"));
            long _ = QemuProcess.start(args.words(folder.resolve("ram"), true, "lab.probe"), folder);
            try (ControlPort port = ControlPort.connect(args.control())) {
                port.await("lab-probe-passed", PROBE_LIMIT);
                return true;
            }
        } catch (LabException e) {
            return false;
        } finally {
            QemuProcess.kill(folder);
            Folders.delete(folder);
        }
    }
}
