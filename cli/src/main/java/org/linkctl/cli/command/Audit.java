package org.linkctl.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.linkctl.cli.PrivateFile;
import org.linkctl.cli.UserFolders;

/**
 * The record that every run that changes hosts leaves on this machine: who, from where, with what, and how it ended. It lies in
 * $XDG_STATE_HOME/linkctl/runs (~/.local/state by the XDG Base Directory Specification), readable by its owner alone.
 */
final class Audit {
    private static final int GIT_SECONDS = 5;

    private static final String UNKNOWN = "not in git";

    private Audit() {}

    /**
     * Puts the record of a run in place, whole or not at all; one that is there is replaced.
     *
     * @return where it lies
     */
    static Path write(Map<String, String> environment, String run, String text) throws IOException {
        return PrivateFile.write(made(environment).resolve(run + ".json"), text);
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

    private static Path folder(Map<String, String> environment) throws IOException {
        return UserFolders.state(environment)
                .map(state -> state.resolve("runs"))
                .orElseThrow(() -> new IOException("neither XDG_STATE_HOME nor HOME says where"));
    }

    /**
     * The revision of an inventory that lies in a git repository, with a mark where the file itself is another one than
     * there; or that git does not know it. Empty where there is no git, or it says nothing.
     */
    static String revision(Path inventory) {
        Path file = inventory.toAbsolutePath();
        Path folder = file.getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) return "";
        Said status = git(folder, "status", "--porcelain", "--ignored", "--", name.toString());
        if (status.exit() != 0) return status.err().contains("not a git repository") ? UNKNOWN : "";
        boolean untracked = status.out().startsWith("?? ") || status.out().startsWith("!! ");
        Said head = git(folder, "rev-parse", "--verify", "--quiet", "HEAD");
        if (untracked || head.exit() > 0) return UNKNOWN;
        if (head.exit() < 0) return "";
        return head.out().strip() + (status.out().isBlank() ? "" : "-dirty");
    }

    /** @param exit less than 0 where there is no git, or it takes too long */
    private record Said(int exit, String out, String err) {
        static final Said NOTHING = new Said(-1, "", "");
    }

    private static Said git(Path folder, String... words) {
        List<String> argv = new ArrayList<>(List.of("git", "--literal-pathspecs", "-C", folder.toString()));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("LC_ALL", "C");
        try {
            Process git = builder.start();
            if (!git.waitFor(GIT_SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return Said.NOTHING;
            }
            return new Said(
                    git.exitValue(),
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    new String(git.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Said.NOTHING; // There is no git here.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Said.NOTHING;
        }
    }
}
