package org.linkctl.engine;

import java.time.Duration;
import java.util.Map;

/**
 * How changes are kept from locking anybody out.
 *
 * @param confirmWithin so long a changed host waits for a sign of life, in whole seconds, before it undoes the change
 * @param lockTimeout so long a run waits for another one that works on the same host
 * @param home the folder on the hosts in which the guard and the runs are kept; %h stands for the host's name, for
 *     hosts that share a file system
 * @param about who runs it, from where, with what: kept on the hosts and shown to whoever has to wait
 */
public record Safety(Duration confirmWithin, Duration lockTimeout, String home, Map<String, String> about) {
    public static final Safety USUAL = new Safety(Duration.ofSeconds(60), Duration.ZERO, "/var/lib/linkctl", Map.of());

    /** The folder on one host. */
    public String home(String host) {
        return home.replace("%h", host);
    }

    public Safety {
        if (confirmWithin.toSeconds() < 5) {
            throw new IllegalArgumentException("no host can be confirmed within " + confirmWithin.toSeconds() + " s");
        }
        about = Map.copyOf(about);
    }
}
