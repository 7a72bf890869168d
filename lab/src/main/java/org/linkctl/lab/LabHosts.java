package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The processes of a lab's hosts, and what they leave in its folder. */
final class LabHosts {
    private static final int AT_ONCE = 4;

    private LabHosts() {}

    /** Starts all hosts; when it returns, every host's sshd answers. */
    static LabState start(Image image, LabSpec spec, LabFiles files, Progress progress, Duration lifetime)
            throws IOException {
        files.prepare(spec.hosts());
        Path sockets = Files.createTempDirectory("lk");
        // Written before the first host is there, so that whoever has to clean up knows of the sockets.
        new LabState(sockets.toString(), List.of(), spec.wires()).write(files.root());
        Cloner cloner = new Cloner(image, spec, files, sockets, lifetime);
        FreebsdBoot boot = new FreebsdBoot(image.accelerator(), new Plugs(spec, sockets), files, lifetime);
        List<LabState.Host> hosts = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<LabState.Host>> starting = spec.hosts().stream()
                    .map(h -> pool.submit(() -> h.freebsd().isPresent() ? boot.start(h) : cloner.start(h)))
                    .toList();
            for (Future<LabState.Host> host : starting) {
                hosts.add(host.get());
                progress.say(hosts.getLast().name() + " is up");
            }
        } catch (ExecutionException e) {
            throw new LabException(
                    "a host did not start: "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while starting a lab", e);
        }
        files.writeSsh(hosts);
        LabState state = new LabState(sockets.toString(), hosts, spec.wires());
        state.write(files.root());
        return state;
    }

    /** Ends all hosts of a folder, known to its state or half started, and removes what only a running lab needs. */
    static void destroy(Path root) {
        LabFiles files = new LabFiles(root);
        for (Path folder : Folders.list(root.resolve("hosts"))) {
            QemuProcess.kill(folder);
            Folders.delete(folder);
        }
        if (LabState.existsIn(root)) {
            Folders.delete(Path.of(LabState.read(root).sockets()));
        }
        for (Path file : List.of(
                files.sshConfig(), files.knownHosts(), files.privateKey(), files.publicKey(), LabState.file(root))) {
            Folders.delete(file);
        }
        Folders.delete(root.resolve("hosts"));
    }
}
