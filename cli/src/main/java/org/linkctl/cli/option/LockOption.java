package org.linkctl.cli.option;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.linkctl.engine.Safety;
import picocli.CommandLine.Option;

/** How long a command waits for another run that holds a host's lock. */
public final class LockOption {
    @Option(
            names = "--lock-timeout",
            paramLabel = "TIME",
            order = 6,
            converter = DurationConverter.OrNone.class,
            description = "So long to wait for somebody else who is at work on a host (0s).")
    private @Nullable Duration timeout;

    public Duration timeout() {
        return timeout(Safety.USUAL.lockTimeout());
    }

    /** @param usual where nobody says how long */
    Duration timeout(Duration usual) {
        return timeout == null ? usual : timeout;
    }
}
