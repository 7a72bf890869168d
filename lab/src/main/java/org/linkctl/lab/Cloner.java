package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes one host of a lab: a clone of the template, with its wires plugged in and an identity of its own. */
final class Cloner {
    private static final Duration WAKE_LIMIT = Duration.ofMinutes(2);

    private final Image image;
    private final LabSpec spec;
    private final LabFiles files;
    private final Path sockets;
    private final Duration lifetime;
    private final Plugs plugs;

    Cloner(Image image, LabSpec spec, LabFiles files, Path sockets, Duration lifetime) {
        this.image = image;
        this.spec = spec;
        this.files = files;
        this.sockets = sockets;
        this.lifetime = lifetime;
        this.plugs = new Plugs(spec, sockets);
    }

    /** Starts a host and returns when its sshd answers. Its folder and host key must be there already. */
    LabState.Host start(HostSpec host) {
        Path folder = files.folder(host.name());
        Image.overlay(image.template().resolve("disk.qcow2"), folder.resolve("disk.qcow2"));
        QemuArgs args = new QemuArgs(host.name(), image.accelerator(), image.boot(), folder, sockets, lifetime);
        List<String> words = new ArrayList<>(args.words(image.template().resolve("ram"), false, ""));
        words.addAll(List.of("-incoming", "defer"));
        long pid = QemuProcess.start(words, folder);
        int port;
        try (Qmp qmp = Qmp.connect(args.qmp())) {
            wake(qmp);
            plugs.into(qmp, host.name());
            qmp.execute("cont", Map.of());
            port = Plugs.forwardedPort(qmp);
        }
        identify(host, args.control());
        try {
            SshClient.awaitBanner(port, WAKE_LIMIT);
        } catch (LabException e) {
            throw new LabException(host.name() + " has taken its identity, but " + e.getMessage() + console(host), e);
        }
        return new LabState.Host(host.name(), pid, port, files.login());
    }

    private void wake(Qmp qmp) {
        qmp.execute("migrate-set-capabilities", Template.SHARED_MEMORY);
        qmp.execute(
                "migrate-incoming",
                Map.of("uri", "exec:cat '" + image.template().resolve("state") + "'"));
        Poll.until("a clone to wake up", WAKE_LIMIT, () -> {
            String status = qmp.execute("query-status", Map.of()).path("status").asText();
            return !status.equals("inmigrate");
        });
    }

    private void identify(HostSpec host, Path control) {
        try (ControlPort port = ControlPort.connect(control)) {
            String hostKey = Files.readString(files.hostKey(host.name()));
            String userKey = Files.readString(files.publicKey());
            port.write(Identity.script(host, spec.nicsOf(host.name()), hostKey, userKey, Instant.now()));
            port.await("lab-done", WAKE_LIMIT);
        } catch (IOException e) {
            throw new LabException("cannot read the keys of " + host.name(), e);
        } catch (LabException e) {
            throw new LabException(host.name() + " did not take its identity: " + e.getMessage() + console(host), e);
        }
    }

    private String console(HostSpec host) {
        return ".\n" + Commands.end("Its console", files.folder(host.name()).resolve("console.log"));
    }
}
