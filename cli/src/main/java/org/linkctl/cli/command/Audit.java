package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.linkctl.cli.show.PlanJson;
import org.linkctl.cli.show.PlanReport;

/**
 * The record that every apply leaves on this machine: who, from where, with what, and how it ended. It lies in
 * $XDG_STATE_HOME/linkctl/runs (~/.local/state by the XDG Base Directory Specification), readable by its owner alone.
 */
final class Audit {
    private static final int GIT_SECONDS = 5;

    private Audit() {}

    /**
     * Writes the record of a run.
     *
     * @return where it lies
     */
    static Path write(Map<String, String> environment, String run, Map<String, String> about, PlanReport report)
            throws IOException {
        Path folder = made(environment);
        Map<String, String> all = new TreeMap<>(about);
        all.put("run", run);
        all.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        Path file = folder.resolve(run + ".json");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(
                        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE)));
        return Files.writeString(file, PlanJson.of(report, all));
    }

    /** Where the log of a run lies, in a folder that is there. */
    static Path log(Map<String, String> environment, String run) throws IOException {
        return made(environment).resolve(run + ".log");
    }

    private static Path made(Map<String, String> environment) throws IOException {
        var owner = PosixFilePermissions.asFileAttribute(EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        return Files.createDirectories(folder(environment), owner);
    }

    private static Path folder(Map<String, String> environment) {
        String state = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base = state.startsWith("/")
                ? Path.of(state)
                : Path.of(System.getProperty("user.home", "."), ".local", "state");
        return base.resolve("linkctl").resolve("runs");
    }

    /** The revision of an inventory that lies in a git repository, with a mark where that has changes of its own. */
    static String revision(Path inventory) {
        try {
            Path folder = inventory.toAbsolutePath().getParent();
            Process git = new ProcessBuilder(
                            "git", "-C", String.valueOf(folder), "describe", "--always", "--dirty", "--abbrev=40")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return "";
            }
            return git.exitValue() == 0
                    ? new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).strip()
                    : "";
        } catch (IOException e) {
            return ""; // There is no git here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
