package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A running lab: hosts, and the wires between them. Its hosts are processes of their own that outlive this program;
 * its folder is all that is needed to find them again.
 */
public final class Lab {
    /** When hosts end by themselves if nobody ended them. */
    public static final Duration LIFETIME = Duration.ofHours(4);

    /** The same for a lab that should end with its program, in case the program is ended by SIGKILL. */
    static final Duration TEMPORARY_LIFETIME = Duration.ofHours(2);

    private static final Duration EXEC_LIMIT = Duration.ofMinutes(10);
    private static final Duration BOOT_LIMIT = Duration.ofMinutes(4);

    /** Returns at once; without systemd it is FreeBSD. */
    private static final String REBOOT =
            "if command -v systemctl >/dev/null; then systemctl --no-block reboot; else daemon -f shutdown -r now; fi";

    private final LabFiles files;
    private final LabState state;
    private final SshClient ssh;

    private Lab(LabFiles files, LabState state) {
        this.files = files;
        this.state = state;
        this.ssh = new SshClient(files.sshConfig(), Path.of(state.sockets()));
    }

    /**
     * Where the image is kept, and by default a lab beside it.
     *
     * @return the lab's part of the user's cache
     * @throws LabException if nothing says where that is
     */
    public static Path cache() {
        return Image.cache();
    }

    /**
     * Starts a lab whose hosts go on after this program, for {@link #LIFETIME} at most.
     *
     * @param spec what is wanted
     * @param folder where the lab's files go; it is made if need be and must not hold a lab
     * @param progress told what is going on
     * @return the lab, when every host's sshd answers
     * @throws LabException if it could not be started; then nothing of it is left running
     */
    public static Lab up(LabSpec spec, Path folder, Progress progress) {
        return up(spec, folder, progress, LIFETIME);
    }

    private static Lab up(LabSpec spec, Path folder, Progress progress, Duration lifetime) {
        Image image = Image.ensure(progress);
        Path root = folder.toAbsolutePath().normalize();
        if (LabState.existsIn(root)) {
            throw new LabException("there is a lab in " + root + " already; end it first");
        }
        try (OnExit _ = OnExit.run(() -> LabHosts.destroy(root))) {
            LabFiles files = new LabFiles(root);
            return new Lab(files, LabHosts.start(image, spec, files, progress, lifetime));
        } catch (RuntimeException | IOException e) {
            LabHosts.destroy(root);
            throw e instanceof LabException known ? known : new LabException("cannot start a lab in " + root, e);
        }
    }

    /**
     * Starts a lab that ends with this program at the latest.
     *
     * @param spec what is wanted
     * @param progress told what is going on
     * @return the lab, to be closed
     * @throws LabException if it could not be started; then nothing of it is left
     */
    public static TemporaryLab temporary(LabSpec spec, Progress progress) {
        Path folder;
        try {
            folder = Files.createTempDirectory("linkctl-lab");
        } catch (IOException e) {
            throw new LabException("cannot make a folder for a lab", e);
        }
        OnExit guard = OnExit.run(() -> {
            LabHosts.destroy(folder);
            Folders.delete(folder);
        });
        try {
            return new TemporaryLab(up(spec, folder, progress, TEMPORARY_LIFETIME), folder, guard);
        } catch (LabException e) {
            Folders.delete(folder);
            guard.close();
            throw e;
        }
    }

    /**
     * Finds a lab that was started before, by this program or another.
     *
     * @param folder the folder it was started with
     * @return the lab
     * @throws LabException if there is none in that folder
     */
    public static Lab attach(Path folder) {
        Path root = folder.toAbsolutePath().normalize();
        return new Lab(new LabFiles(root), LabState.read(root));
    }

    /** Ends every host at once and removes their disks, keys and sockets. The cached image stays. */
    public void down() {
        state.hosts().forEach(h -> ssh.hangUp(h.name()));
        LabHosts.destroy(files.root());
    }

    /**
     * How the hosts are, now.
     *
     * @return one entry a host, in the order of the spec
     */
    public List<HostStatus> status() {
        return state.hosts().stream()
                .map(h -> {
                    boolean running = QemuProcess.isOurs(h.pid(), files.folder(h.name()));
                    boolean answers = running && SshClient.hasBanner(h.port(), Duration.ofSeconds(20));
                    return new HostStatus(h.name(), running, answers, h.pid(), h.port());
                })
                .toList();
    }

    /**
     * The configuration by which {@code ssh -F} reaches every host by its name, strictly checking its key.
     *
     * @return a file in OpenSSH's format, ssh_config(5)
     */
    public Path sshConfig() {
        return files.sshConfig();
    }

    /**
     * The hosts' keys.
     *
     * @return a file in OpenSSH's format, for 127.0.0.1 and each host's port
     */
    public Path knownHosts() {
        return files.knownHosts();
    }

    /**
     * The key that root, ops and pw of every host accept.
     *
     * @return a private key file without a passphrase
     */
    public Path privateKey() {
        return files.privateKey();
    }

    /**
     * The words that open a shell on a host, as root; more words may follow.
     *
     * @param host its name
     * @return a command line
     */
    public List<String> sshCommand(String host) {
        return ssh.command(find(host).name());
    }

    /**
     * Runs a script on a host as root, over a connection that is kept for the next one.
     *
     * @param host its name
     * @param script POSIX sh
     * @return exit status and outputs; status 255 if ssh itself failed
     * @throws LabException if it took longer than ten minutes, or longer where the machine is slow
     */
    public ExecResult exec(String host, String script) {
        return exec(host, script, EXEC_LIMIT);
    }

    ExecResult exec(String host, String script, Duration limit) {
        return ssh.exec(find(host), script, limit);
    }

    /**
     * The wires.
     *
     * @return what can be done to them
     */
    public Wires wires() {
        return new Wires(this, state);
    }

    /**
     * Reboots a host as its owner would, and waits for its sshd. Disk and wires stay.
     *
     * @param host its name
     * @throws LabException if it did not come back within four minutes, or longer where the machine is slow
     */
    public void reboot(String host) {
        afterReset(host, qmp -> exec(host, REBOOT).orThrow());
    }

    /**
     * Resets a host as if its power had failed for a moment, and waits for its sshd. What was not synced may be lost.
     *
     * @param host its name
     * @throws LabException if it did not come back within four minutes, or longer where the machine is slow
     */
    public void crash(String host) {
        afterReset(host, qmp -> qmp.execute("system_reset", Map.of()));
    }

    /** Listens for the reset itself before it asks for it: a banner alone could be that of the life before. */
    private void afterReset(String host, Consumer<Qmp> cause) {
        Patience patience = Patience.of(BOOT_LIMIT);
        try (Qmp qmp = qmp(host);
                OnTimeout _ = OnTimeout.run(patience, qmp::close)) {
            cause.accept(qmp);
            ssh.hangUp(host);
            qmp.await("RESET");
        } catch (LabException e) {
            throw new LabException(
                    host + " was not reset within " + patience.told() + ": " + e.getMessage() + ".\n" + console(host),
                    e);
        }
        wires().blink(host);
        try {
            SshClient.awaitBanner(find(host).port(), BOOT_LIMIT);
        } catch (LabException e) {
            throw new LabException(host + " did not come back: " + e.getMessage() + ".\n" + console(host), e);
        }
    }

    private String console(String host) {
        return Commands.end("Its console", files.folder(host).resolve("console.log"));
    }

    /**
     * Takes a host's power away for good: its wires go dead, and only a new lab brings it back.
     *
     * @param host its name
     */
    public void powerOff(String host) {
        ssh.hangUp(host);
        QemuProcess.kill(find(host).pid(), files.folder(host));
    }

    Qmp qmp(String host) {
        return Qmp.connect(Path.of(state.sockets()).resolve(find(host).name() + ".qmp"));
    }

    private LabState.Host find(String host) {
        return state.hosts().stream()
                .filter(h -> h.name().equals(host))
                .findFirst()
                .orElseThrow(() -> new LabException("the lab has no host \"" + host + "\", but "
                        + state.hosts().stream().map(LabState.Host::name).toList()));
    }
}
