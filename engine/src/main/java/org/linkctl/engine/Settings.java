package org.linkctl.engine;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How hosts are reached.
 *
 * @param forks how many hosts are worked on in parallel
 * @param connectTimeout for TCP connection, identification and key exchange together; ConnectTimeout of ssh_config(5)
 *     takes precedence
 * @param commandTimeout for each question
 * @param runTimeout for the whole run
 * @param sshConfig an ssh_config(5) instead of the user's own and the system's; null: those
 * @param files those that hosts are sent
 * @param stepTimeout for each step: twenty times that of a question, unless it is said; installing packages takes longer than any
 *     question
 * @param login the user to log in as, whoever the inventory and ssh_config(5) say; null: they say it
 */
public record Settings(
        int forks,
        Duration connectTimeout,
        Duration commandTimeout,
        Duration runTimeout,
        @Nullable Path sshConfig,
        HostKeys hostKeys,
        PasswordSource passwords,
        Safety safety,
        LocalFiles files,
        Duration stepTimeout,
        @Nullable String login) {
    /** What happens with a host whose key is in no known_hosts file. A changed key is always refused. */
    public enum HostKeys {
        STRICT,
        /** The key is accepted and added to the user's known_hosts. */
        ACCEPT_NEW
    }

    private static final int STEP_FACTOR = 20;

    public Settings {
        if (forks < 1) throw new IllegalArgumentException("at least one host at once, not " + forks);
    }

    /** Where hosts are sent no files. */
    public Settings(
            int forks,
            Duration connectTimeout,
            Duration commandTimeout,
            Duration runTimeout,
            @Nullable Path sshConfig,
            HostKeys hostKeys,
            PasswordSource passwords,
            Safety safety) {
        this(
                forks,
                connectTimeout,
                commandTimeout,
                runTimeout,
                sshConfig,
                hostKeys,
                passwords,
                safety,
                LocalFiles.NONE,
                commandTimeout.multipliedBy(STEP_FACTOR),
                null);
    }

    /** Most of what a host takes is waiting for it: eight at once keep a processor busy over ways of some 100 ms. */
    public static Settings defaults() {
        return new Settings(
                Math.clamp(8L * Runtime.getRuntime().availableProcessors(), 32, 128),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                null,
                HostKeys.STRICT,
                PasswordSource.NONE,
                Safety.USUAL);
    }

    public Settings with(PasswordSource source) {
        return copy(commandTimeout, source, safety, files, stepTimeout, login);
    }

    /** The same settings with a command timeout of at least this. */
    public Settings withCommandTimeoutAtLeast(Duration longest) {
        if (commandTimeout.compareTo(longest) >= 0) return this;
        return copy(longest, passwords, safety, files, longest.multipliedBy(STEP_FACTOR), login);
    }

    /** The same settings, by which a step has all the time of the run. */
    public Settings withStepsOfRun() {
        return copy(commandTimeout, passwords, safety, files, runTimeout, login);
    }

    public Settings with(Safety how) {
        return copy(commandTimeout, passwords, how, files, stepTimeout, login);
    }

    public Settings sending(LocalFiles sent) {
        return copy(commandTimeout, passwords, safety, sent, stepTimeout, login);
    }

    /** @param user null: as the inventory and ssh_config(5) say */
    public Settings as(@Nullable String user) {
        return copy(commandTimeout, passwords, safety, files, stepTimeout, user);
    }

    private Settings copy(
            Duration command,
            PasswordSource source,
            Safety how,
            LocalFiles sent,
            Duration step,
            @Nullable String user) {
        return new Settings(
                forks, connectTimeout, command, runTimeout, sshConfig, hostKeys, source, how, sent, step, user);
    }
}
