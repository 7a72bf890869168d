package org.linkctl.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes one FreeBSD host of a lab: it boots from a disk over its image, with its wires plugged in, and is told its name
 * by ssh. There is no template to clone: the image is its owner's, and has nothing of the lab in it.
 */
final class FreebsdBoot {
    private static final Duration BOOT_LIMIT = Duration.ofMinutes(8);
    private static final Duration LOGIN_LIMIT = Duration.ofMinutes(2);

    /** How others than root become root, in the order in which it is tried. */
    private static final List<String> SHELLS =
            List.of(SshClient.SHELL, "doas -n " + SshClient.SHELL, "sudo -n " + SshClient.SHELL);

    private final String accelerator;
    private final Plugs plugs;
    private final LabFiles files;
    private final Duration lifetime;

    FreebsdBoot(String accelerator, Plugs plugs, LabFiles files, Duration lifetime) {
        this.accelerator = accelerator;
        this.plugs = plugs;
        this.files = files;
        this.lifetime = lifetime;
    }

    /** Starts a host and returns when it has its name. Its folder must be there already. */
    LabState.Host start(HostSpec host) {
        FreebsdImage image = host.freebsd().orElseThrow();
        Path folder = files.folder(host.name());
        image.overlay(folder.resolve("disk.qcow2"));
        QemuArgs args = new QemuArgs(host.name(), accelerator, folder, folder, plugs.sockets(), lifetime);
        long pid = QemuProcess.start(args.wordsFromDisk(), folder);
        int port;
        try (Qmp qmp = Qmp.connect(args.qmp())) {
            plugs.into(qmp, host.name());
            qmp.execute("cont", Map.of());
            port = Plugs.forwardedPort(qmp);
        }
        awaitSshd(host, image, pid, port);
        String shell = rootShell(host, image, port);
        ExecResult named = ssh(host, image, port, shell, script(host));
        if (named.exit() != 0) {
            throw new LabException(
                    host.name() + " did not take its name: " + named.stderr().strip());
        }
        List<String> keys = image.key().map(Path::toString).stream().toList();
        return new LabState.Host(host.name(), pid, port, new LabState.Login(image.user(), keys, shell));
    }

    private void awaitSshd(HostSpec host, FreebsdImage image, long pid, int port) {
        Path folder = files.folder(host.name());
        try {
            Poll.until("sshd of " + host.name(), BOOT_LIMIT, () -> {
                if (!QemuProcess.isOurs(pid, folder)) {
                    throw new LabException("its QEMU ended:\n" + Commands.tail(folder.resolve("qemu.log")));
                }
                return SshClient.hasBanner(port, SshClient.BANNER);
            });
        } catch (LabException e) {
            throw new LabException(
                    host.name() + " was booted from " + image.file() + ", and " + e.getMessage() + ".\n"
                            + FreebsdImage.NEEDED + ".\n"
                            + Commands.end("Its console", folder.resolve("console.log")),
                    e);
        }
    }

    /** The first of {@link #SHELLS} that is root's; learns the host's key on the way. */
    private String rootShell(HostSpec host, FreebsdImage image, int port) {
        ExecResult said = new ExecResult(1, "", "");
        for (String shell : SHELLS) {
            said = ssh(host, image, port, shell, "id -u");
            if (said.exit() == 0 && said.stdout().strip().equals("0")) {
                return shell;
            }
            if (said.exit() == 255) {
                throw new LabException("cannot log in as " + image.user() + " to " + host.name() + ", booted from "
                        + image.file() + ": " + said.stderr().strip() + ".\n" + FreebsdImage.NEEDED);
            }
        }
        throw new LabException(image.user() + " logs in to " + host.name() + ", booted from " + image.file()
                + ", but becomes root neither by doas -n nor by sudo -n: "
                + said.stderr().strip() + ".\n" + FreebsdImage.NEEDED);
    }

    /** All hosts of an image have its host keys, so which key it is says little: the port is of our own QEMU. */
    private ExecResult ssh(HostSpec host, FreebsdImage image, int port, String shell, String script) {
        List<String> words = new ArrayList<>(List.of("ssh", "-F", "/dev/null", "-p", Integer.toString(port)));
        words.addAll(List.of("-o", "BatchMode=yes", "-o", "LogLevel=ERROR", "-o", "HashKnownHosts=no"));
        words.addAll(List.of("-o", "StrictHostKeyChecking=accept-new"));
        words.addAll(List.of("-o", "UserKnownHostsFile=\"" + files.learnedKey(host.name()) + "\""));
        image.key().ifPresent(key -> words.addAll(List.of("-o", "IdentitiesOnly=yes", "-i", key.toString())));
        words.addAll(List.of(image.user() + "@127.0.0.1", shell));
        return Commands.run(words, script, LOGIN_LIMIT);
    }

    private static String script(HostSpec host) {
        return "set -eu\nhostname " + host.name() + "\nsysrc hostname=" + host.name() + " >/dev/null\n" + host.setup();
    }
}
