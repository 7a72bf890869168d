package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes one host of a lab: a clone of the template, with its wires plugged in and an identity of its own. */
final class Cloner {
    private static final Pattern FORWARD = Pattern.compile("HOST_FORWARD\\S*\\s+\\S+\\s+127\\.0\\.0\\.1\\s+(\\d+)");
    private static final Duration WAKE_LIMIT = Duration.ofMinutes(2);

    private final Image image;
    private final LabSpec spec;
    private final LabFiles files;
    private final Path sockets;
    private final Duration lifetime;

    Cloner(Image image, LabSpec spec, LabFiles files, Path sockets, Duration lifetime) {
        this.image = image;
        this.spec = spec;
        this.files = files;
        this.sockets = sockets;
        this.lifetime = lifetime;
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
            plug(qmp, host.name());
            qmp.execute("cont", Map.of());
            port = forwardedPort(qmp.human("info usernet"));
        }
        identify(host, args.control());
        SshClient.awaitBanner(port, WAKE_LIMIT);
        return new LabState.Host(host.name(), pid, port);
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

    /** Plugs in the wires while the host is still stopped, so that it finds them all at once and in order. */
    private void plug(Qmp qmp, String host) {
        int hostNumber = 1 + spec.hosts().stream().map(HostSpec::name).toList().indexOf(host);
        for (int nic = 1; nic <= spec.nicsOf(host); nic++) {
            WireSpec.End end = new WireSpec.End(host, "eth" + nic);
            qmp.execute(
                    "netdev_add",
                    Map.of(
                            "type",
                            "dgram",
                            "id",
                            "wire" + nic,
                            "local",
                            socket(end),
                            "remote",
                            socket(otherEnd(spec.wires(), end))));
            qmp.execute(
                    "device_add",
                    Map.of(
                            "driver",
                            "virtio-net-pci",
                            "netdev",
                            "wire" + nic,
                            "id",
                            end.nic(),
                            "mac",
                            "52:54:00:%02x:00:%02x".formatted(hostNumber, nic),
                            "romfile",
                            "",
                            // What the bond of 802.3ad asks of a member before it aggregates it.
                            "speed",
                            1000,
                            "duplex",
                            "full",
                            "addr",
                            QemuArgs.wireSlot(nic)));
        }
    }

    private Map<String, String> socket(WireSpec.End end) {
        return Map.of(
                "type",
                "unix",
                "path",
                sockets.resolve(end.host() + "." + end.nic()).toString());
    }

    /** Where the wire at {@code end} leads to. */
    static WireSpec.End otherEnd(List<WireSpec> wires, WireSpec.End end) {
        for (WireSpec wire : wires) {
            if (wire.a().equals(end)) {
                return wire.b();
            }
            if (wire.b().equals(end)) {
                return wire.a();
            }
        }
        throw new LabException("no wire ends at " + end.nic() + " of " + end.host());
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
            throw new LabException(host.name() + " did not take its identity: " + e.getMessage(), e);
        }
    }

    /** Finds the port of 127.0.0.1 in what QEMU's monitor says of its user network. */
    static int forwardedPort(String usernet) {
        Matcher m = FORWARD.matcher(usernet);
        return Optional.of(m)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .orElseThrow(() -> new LabException("QEMU forwards no port: " + usernet));
    }
}
