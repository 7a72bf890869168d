package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Boots one host until it waits for its name, and freezes it there: memory to a file, devices to another. */
final class Template {
    private static final Duration BOOT_LIMIT = Duration.ofMinutes(4);
    /** Memory stays in its file instead of going through the migration stream; clones map that file privately. */
    static final Map<String, Object> SHARED_MEMORY =
            Map.of("capabilities", List.of(Map.of("capability", "x-ignore-shared", "state", true)));

    private Template() {}

    /** Leaves disk.qcow2, ram and state in {@code folder}. */
    static void make(Path boot, Path folder, String accelerator, Progress progress) throws IOException {
        progress.say("booting the template that hosts are cloned from (" + accelerator + ")");
        Path sockets = Files.createTempDirectory("lk");
        // By absolute path: a clone's disk rests on this one, and both on the root disk, wherever they are started.
        Image.overlay(boot.resolve("root.qcow2"), folder.resolve("disk.qcow2"));
        QemuArgs args = new QemuArgs(
                "template", accelerator, boot, folder, sockets, BOOT_LIMIT.multipliedBy(Patience.MOST + 1));
        try (OnExit _ = OnExit.run(() -> QemuProcess.kill(folder))) {
            long pid = QemuProcess.start(args.words(folder.resolve("ram"), true, ""), folder);
            progress.say("the template boots as process " + pid);
            try (ControlPort port = ControlPort.connect(args.control())) {
                port.await("lab-ready", limit(accelerator));
            }
            MachineSpeed.note(folder, pid);
            try (Qmp qmp = Qmp.connect(args.qmp())) {
                freeze(qmp, folder.resolve("state"));
            }
        } catch (LabException e) {
            throw new LabException(
                    "the template did not boot: " + e.getMessage() + "\n"
                            + Commands.end("Its console", folder.resolve("console.log")),
                    e);
        } finally {
            QemuProcess.kill(folder);
            Folders.delete(sockets);
        }
    }

    /** A host under KVM boots in a few seconds or never; one that is emulated on a busy machine takes its time. */
    private static Duration limit(String accelerator) {
        return accelerator.equals(Accelerator.KVM) ? Duration.ofSeconds(40) : BOOT_LIMIT;
    }

    private static void freeze(Qmp qmp, Path state) {
        qmp.execute("stop", Map.of());
        qmp.execute("migrate-set-capabilities", SHARED_MEMORY);
        qmp.execute("migrate", Map.of("uri", "exec:cat > '" + state + "'"));
        Poll.until("the template's state", Duration.ofSeconds(60), () -> {
            String status =
                    qmp.execute("query-migrate", Map.of()).path("status").asText();
            if (status.equals("failed")) {
                throw new LabException("QEMU could not write the template's state");
            }
            return status.equals("completed");
        });
    }
}
