package org.linkctl.cli.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The revision of an inventory in the git repository that holds it, for the record of a run. */
public final class GitRevision {
    private static final int TIMEOUT_SECONDS = 5;

    private static final String UNKNOWN = "not in git";

    private GitRevision() {}

    /**
     * The commit that HEAD names, with {@code -dirty} where the file differs from that commit; {@code not in git} where the
     * file is untracked, ignored or in no repository. Empty where git(1) is not installed or fails.
     */
    public static String of(Path inventory) {
        Path file = inventory.toAbsolutePath();
        Path folder = file.getParent();
        Path name = file.getFileName();
        if (folder == null || name == null) return "";
        GitOutput status = git(folder, "status", "--porcelain", "--ignored", "--", name.toString());
        if (status.exit() != 0) return status.err().contains("not a git repository") ? UNKNOWN : "";
        boolean untracked = status.out().startsWith("?? ") || status.out().startsWith("!! ");
        GitOutput head = git(folder, "rev-parse", "--verify", "--quiet", "HEAD");
        if (untracked || head.exit() > 0) return UNKNOWN;
        if (head.exit() < 0) return "";
        return head.out().strip() + (status.out().isBlank() ? "" : "-dirty");
    }

    /** @param exit less than 0 where git(1) cannot be started or runs into the timeout */
    private record GitOutput(int exit, String out, String err) {
        static final GitOutput NOTHING = new GitOutput(-1, "", "");
    }

    private static GitOutput git(Path folder, String... words) {
        List<String> argv = new ArrayList<>(List.of("git", "--literal-pathspecs", "-C", folder.toString()));
        argv.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(argv);
        builder.environment().put("LC_ALL", "C");
        try {
            Process git = builder.start();
            if (!git.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                git.destroyForcibly();
                return GitOutput.NOTHING;
            }
            return new GitOutput(
                    git.exitValue(),
                    new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                    new String(git.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return GitOutput.NOTHING; // git(1) is not installed.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return GitOutput.NOTHING;
        }
    }
}
