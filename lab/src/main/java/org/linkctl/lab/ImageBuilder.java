package org.linkctl.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes kernel, initrd and disk from Debian's packages: one run of mmdebstrap(1) with the recipe as its hook. */
final class ImageBuilder {
    private final Recipe recipe;
    private final String release;
    private final Progress progress;

    ImageBuilder(Recipe recipe, String release, Progress progress) {
        this.recipe = recipe;
        this.release = release;
        this.progress = progress;
    }

    /** Leaves a whole image in {@code target}, or throws and leaves nothing. */
    void build(Path target) throws IOException {
        HostTools.needToBuild(progress);
        progress.say("building the lab's image from Debian " + release + "'s packages, once (a minute or two)");
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Folders.delete(part);
        Files.createDirectories(part);
        // Not under the cache: the root of a user namespace may not be let into the user's home.
        Path scratch = Files.createTempDirectory("linkctl-image");
        try (OnExit _ = OnExit.run(() -> clear(part, scratch))) {
            recipe.writeTo(scratch);
            Path sources = Files.writeString(
                    scratch.resolve("sources.list"),
                    String.join("\n", AptSources.lines(Path.of("/etc/apt"), release)) + "\n");
            Path log = target.resolveSibling("build.log");
            Commands.logged(command(scratch, part, sources), Map.of("LAB_RECIPE", scratch.toString()), log);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            clear(part, scratch);
        }
    }

    private static void clear(Path part, Path scratch) {
        Folders.delete(part);
        Folders.delete(scratch);
    }

    private List<String> command(Path scratch, Path part, Path sources) throws IOException {
        List<String> words = new ArrayList<>(List.of("mmdebstrap", "--variant=minbase", "--format=null"));
        words.add("--mode=" + (HostTools.isRoot() ? "root" : "unshare"));
        words.add("--aptopt=Apt::Install-Recommends \"false\"");
        words.add("--aptopt=Acquire::Languages \"none\"");
        words.add("--dpkgopt=" + scratch.resolve("tree/etc/dpkg/dpkg.cfg.d/lab"));
        words.add("--include=" + String.join(",", recipe.words("packages.txt")));
        words.add("--customize-hook=sh \"$LAB_RECIPE/customize.sh\" \"$1\"");
        for (String file : List.of("vmlinuz", "initrd", "root.qcow2")) {
            words.add("--customize-hook=download /lab-out/" + file + " '" + part.resolve(file) + "'");
        }
        words.add(release);
        words.add("/dev/null");
        // Without a usable source of this machine's own, mmdebstrap takes Debian's default mirror by itself.
        if (Files.size(sources) > 1) {
            words.add(sources.toString());
        }
        return words;
    }
}
