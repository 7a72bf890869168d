package org.linkctl.lab;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What clones are made from: the kernel, the disk, and a booted template that is frozen while it waits for a name.
 * Built once under ${XDG_CACHE_HOME:-~/.cache}/linkctl/lab. Each stage is made aside and renamed when it is whole,
 * so an interrupted build leaves nothing that could be taken for an image.
 *
 * @param boot the folder with vmlinuz, initrd and root.qcow2
 * @param template the folder with the template's disk.qcow2, ram and state
 * @param accelerator what the template was booted with, and its clones must be
 */
record Image(Path boot, Path template, String accelerator) {
    private static final Object IN_THIS_PROCESS = new Object();

    /** Finds the image in the cache, or builds what is missing of it; one builder at a time on this machine. */
    static Image ensure(Progress progress) {
        HostTools.needToRun(progress);
        Path cache = cache();
        synchronized (IN_THIS_PROCESS) {
            try {
                Folders.makePrivate(cache);
                try (FileChannel file = FileChannel.open(
                                cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = lock(file, progress)) {
                    return build(cache, progress);
                }
            } catch (IOException e) {
                throw new LabException("cannot build the lab's image in " + cache, e);
            }
        }
    }

    private static FileLock lock(FileChannel file, Progress progress) throws IOException {
        FileLock lock = file.tryLock();
        if (lock == null) {
            progress.say("another process builds the lab's image; waiting for it");
            lock = file.lock();
        }
        return lock;
    }

    private static Image build(Path cache, Progress progress) throws IOException {
        Recipe recipe = Recipe.load();
        String release = HostTools.debianRelease();
        Path boot = cache.resolve(recipe.hash(release));
        if (!Files.isDirectory(boot)) {
            new ImageBuilder(recipe, release, progress).build(boot);
        }
        String chosen = Accelerator.choose(boot, progress);
        try {
            return new Image(boot, template(boot, chosen, progress), chosen);
        } catch (LabException e) {
            if (!chosen.equals(Accelerator.KVM)) {
                throw e;
            }
            progress.say("KVM booted a kernel but not a whole host; using emulation");
            Accelerator.remember(boot, Accelerator.TCG);
            return new Image(boot, template(boot, Accelerator.TCG, progress), Accelerator.TCG);
        }
    }

    /** A template belongs to one accelerator, one version of QEMU and one set of devices: its name says which. */
    private static Path template(Path boot, String accelerator, Progress progress) throws IOException {
        Path nowhere = Path.of("/x");
        QemuArgs any = new QemuArgs("x", accelerator, nowhere, nowhere, nowhere, Duration.ZERO);
        String devices = Recipe.load().hash(any.words(nowhere, true, "").toString(), HostTools.qemuVersion());
        Path template = boot.resolve("template-" + accelerator + "-" + devices);
        if (!Files.isDirectory(template)) {
            Path part = boot.resolve(template.getFileName() + ".part");
            Folders.delete(part);
            Files.createDirectories(part);
            try {
                Template.make(boot, part, accelerator, progress);
                Files.move(part, template, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Folders.delete(part);
            }
        }
        MachineSpeed.read(template);
        return template;
    }

    /** Makes a disk that starts as a copy of another and keeps only what differs. */
    static void overlay(Path base, Path disk) {
        overlay(base, "qcow2", disk);
    }

    /** The same of a base in another format, as qemu-img(1) names it. */
    static void overlay(Path base, String format, Path disk) {
        Commands.run(
                        List.of("qemu-img", "create", "-q", "-f", "qcow2", "-F", format, "-b", "" + base, "" + disk),
                        "",
                        Duration.ofSeconds(60))
                .orThrow();
    }

    /** The lab's part of the user's cache (XDG Base Directory Specification). */
    static Path cache() {
        return Stream.of(
                        System.getenv("XDG_CACHE_HOME"),
                        home(System.getenv("HOME")),
                        home(System.getProperty("user.home")))
                .filter(path -> path != null && path.startsWith("/"))
                .findFirst()
                .map(path -> Path.of(path, "linkctl", "lab"))
                .orElseThrow(() -> new LabException(
                        "the lab keeps its image in the user's cache, and neither XDG_CACHE_HOME nor HOME says"
                                + " where that is"));
    }

    private static @Nullable String home(@Nullable String folder) {
        return folder == null ? null : folder + "/.cache";
    }
}
