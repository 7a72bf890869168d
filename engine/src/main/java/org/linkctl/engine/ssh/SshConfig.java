package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Unreachable;
import org.linkctl.model.SshTarget;

/**
 * The user's ssh_config(5), read by the one program that reads it right: {@code ssh -G} prints what it would do for a
 * host and connects to nobody.
 */
final class SshConfig {
    private final @Nullable Path file;
    private final Map<SshTarget, SshOptions> known = new ConcurrentHashMap<>();

    /** @param file as {@code ssh -F} takes it; null: the user's own and the system's */
    SshConfig(@Nullable Path file) {
        this.file = file;
    }

    /** @throws Unreachable where ssh(1) is missing or cannot read its configuration */
    SshOptions of(SshTarget target) {
        SshOptions options = known.get(target);
        if (options != null) return options;
        SshOptions read = new SshConfigParser(System.getenv(), home()).parse(ask(target));
        known.put(target, read);
        return read;
    }

    /** Java says {@code ?} of a user who is in no list of users: nothing is there then, and nothing is made there. */
    private static Path home() {
        Path home = Path.of(System.getProperty("user.home", ""));
        return home.isAbsolute() ? home : Path.of("/nonexistent");
    }

    private String ask(SshTarget target) {
        List<String> words = new ArrayList<>(List.of("ssh", "-G"));
        if (file != null) words.addAll(List.of("-F", file.toString()));
        if (target.port() != null) words.addAll(List.of("-p", target.port().toString()));
        if (target.user() != null) words.addAll(List.of("-l", target.user()));
        words.addAll(List.of("--", target.host()));
        try {
            Process ssh = new ProcessBuilder(words)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectErrorStream(true)
                    .start();
            try {
                String said = new String(ssh.getInputStream().readNBytes(1 << 20), StandardCharsets.UTF_8);
                if (!ssh.waitFor(10, TimeUnit.SECONDS))
                    throw new Unreachable("ssh -G " + target.host() + " does not end");
                if (ssh.exitValue() != 0) throw new Unreachable("ssh -G " + target.host() + ": " + oneLine(said));
                return said;
            } finally {
                ssh.destroyForcibly();
            }
        } catch (IOException e) {
            throw new Unreachable(
                    "ssh(1) cannot be run, which is asked for your SSH settings: install openssh-client", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted", e);
        }
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\n\\s*", " | ");
    }
}
