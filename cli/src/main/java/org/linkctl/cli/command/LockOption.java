package org.linkctl.cli.command;

import java.time.Duration;
import org.linkctl.engine.Safety;
import picocli.CommandLine.Option;

/** How patient a command is where somebody else is at work on a host. */
public final class LockOption {
    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            order = 6,
            converter = Durations.OrNone.class,
            description = "So long to wait for somebody else who is at work on a host (0s).")
    private Duration timeout = Safety.USUAL.lockTimeout();

    Duration timeout() {
        return timeout;
    }
}
