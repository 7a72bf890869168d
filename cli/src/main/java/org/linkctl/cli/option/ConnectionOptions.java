package org.linkctl.cli.option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.Failure;
import org.linkctl.engine.PasswordSource;
import org.linkctl.engine.Safety;
import org.linkctl.engine.Settings;
import picocli.CommandLine.Option;

/** How hosts are reached. Users, ports, keys and jump hosts come from the user's ssh_config(5). */
public final class ConnectionOptions {
    private static final Settings DEFAULTS = Settings.defaults();

    @Option(
            names = {"-j", "--forks"},
            paramLabel = "N",
            order = 20,
            description =
                    "How many hosts are worked on at once (8 for each processor here, 32 at least and 128 at most).")
    private int forks = DEFAULTS.forks();

    @Option(
            names = {"-F", "--ssh-config"},
            paramLabel = "FILE",
            order = 21,
            description = "An ssh_config(5) to use instead of your own, as with ssh -F.")
    private @Nullable Path sshConfig;

    @Option(
            names = "--accept-new-host-keys",
            order = 22,
            description = "Take the key of a host that known_hosts does not know, and write it there. A changed key is "
                    + "refused all the same.")
    private boolean acceptNew;

    @Option(
            names = "--connect-timeout",
            paramLabel = "TIME",
            order = 23,
            converter = DurationConverter.class,
            description = "For one connection (10s).")
    private Duration connectTimeout = DEFAULTS.connectTimeout();

    @Option(
            names = "--command-timeout",
            paramLabel = "TIME",
            order = 24,
            converter = DurationConverter.class,
            description = "For one question to a host (30s); a step may take twenty times that.")
    private Duration commandTimeout = DEFAULTS.commandTimeout();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            order = 25,
            converter = DurationConverter.class,
            description = "For the whole run; for each step of a playbook (1h).")
    private Duration timeout = DEFAULTS.runTimeout();

    @Option(
            names = "--log-file",
            paramLabel = "FILE",
            order = 26,
            description =
                    "Add to this file what is run on hosts, as it is run, ready to be pasted. Every run that changes "
                            + "hosts leaves such a log beside its record as well.")
    private @Nullable Path logFile;

    private @Nullable String login;

    /** The same options, by which hosts are logged in to as this user; empty: as the inventory and ssh_config(5) say. */
    public ConnectionOptions as(String user) {
        ConnectionOptions out = new ConnectionOptions();
        out.forks = forks;
        out.sshConfig = sshConfig;
        out.acceptNew = acceptNew;
        out.connectTimeout = connectTimeout;
        out.commandTimeout = commandTimeout;
        out.timeout = timeout;
        out.logFile = logFile;
        out.login = user.isEmpty() ? null : user;
        return out;
    }

    /** A log file besides the usual one. */
    public Optional<Path> logFile() {
        return Optional.ofNullable(logFile);
    }

    /** The time limit of the whole run. */
    public Duration timeout() {
        return timeout;
    }

    public Settings settings(PasswordSource passwords) {
        if (forks < 1) throw new Failure("--forks: '" + forks + "' hosts at once; 1 is the least");
        if (sshConfig != null && !Files.isReadable(sshConfig)) {
            throw new Failure("--ssh-config: '" + sshConfig + "' cannot be read");
        }
        return new Settings(
                        forks,
                        connectTimeout,
                        commandTimeout,
                        timeout,
                        sshConfig,
                        acceptNew ? Settings.HostKeys.ACCEPT_NEW : Settings.HostKeys.STRICT,
                        passwords,
                        Safety.USUAL)
                .as(login);
    }
}
