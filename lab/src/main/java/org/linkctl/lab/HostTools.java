package org.linkctl.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The programs of this machine that the lab needs, and the Debian packages they come from. */
final class HostTools {
    private static final Map<String, String> TO_RUN = new LinkedHashMap<>();
    private static final Map<String, String> TO_BUILD = new LinkedHashMap<>();

    static {
        TO_RUN.put("qemu-system-x86_64", "qemu-system-x86");
        TO_RUN.put("qemu-img", "qemu-utils");
        TO_RUN.put("ssh", "openssh-client");
        TO_RUN.put("ssh-keygen", "openssh-client");
        TO_BUILD.put("mmdebstrap", "mmdebstrap");
        TO_BUILD.put("mke2fs", "e2fsprogs");
    }

    private HostTools() {}

    /** Sees to it that clones can be run. */
    static void needToRun(Progress progress) {
        if (missing(TO_RUN).isEmpty()) {
            return;
        }
        Map<String, String> all = new LinkedHashMap<>(TO_RUN);
        all.putAll(toBuild());
        need(all, progress); // In one go: whoever has to ask for them asks once.
    }

    /** Sees to it that an image can be built. */
    static void needToBuild(Progress progress) {
        need(toBuild(), progress);
    }

    private static Map<String, String> toBuild() {
        Map<String, String> tools = new LinkedHashMap<>(TO_BUILD);
        if (!isRoot()) {
            tools.put("newuidmap", "uidmap");
        }
        return tools;
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void need(Map<String, String> tools, Progress progress) {
        List<String> packages = missing(tools);
        if (packages.isEmpty()) {
            return;
        }
        String line = "apt-get install -y --no-install-recommends " + String.join(" ", packages);
        if (!isRoot() || find("apt-get").isEmpty()) {
            throw new LabException(
                    "the lab needs programs that this machine does not have; run: sudo apt-get update && sudo " + line);
        }
        progress.say("installing on this machine, for the lab: " + String.join(" ", packages));
        // The lists may be missing altogether (a fresh container) or old; an update that fails shows in the install.
        ExecResult _ = apt("apt-get update -qq");
        apt(line).orThrow();
    }

    private static ExecResult apt(String line) {
        return Commands.run(
                List.of("sh", "-c", "DEBIAN_FRONTEND=noninteractive exec " + line), "", Duration.ofMinutes(15));
    }

    private static List<String> missing(Map<String, String> tools) {
        TreeSet<String> packages = new TreeSet<>();
        tools.forEach((tool, name) -> {
            if (find(tool).isEmpty()) {
                packages.add(name);
            }
        });
        return List.copyOf(packages);
    }

    /** Looks for a program on the PATH and where Debian keeps the administrator's, which a user's PATH leaves out. */
    static Optional<Path> find(String tool) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/sbin"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What {@code qemu-system-x86_64 --version} says: a template of one version is not for another. */
    static String qemuVersion() {
        return Commands.run(List.of("qemu-system-x86_64", "--version"), "", Duration.ofSeconds(30))
                .orThrow();
    }

    /** The Debian release whose packages make the image: this machine's own where it runs Debian. */
    static String debianRelease() {
        try {
            List<String> lines = Files.readAllLines(Path.of("/etc/os-release"));
            return lines.contains("ID=debian")
                    ? lines.stream()
                            .filter(l -> l.startsWith("VERSION_CODENAME="))
                            .map(l -> l.substring("VERSION_CODENAME=".length()))
                            .findFirst()
                            .orElse("bookworm")
                    : "bookworm";
        } catch (IOException e) {
            return "bookworm";
        }
    }
}
