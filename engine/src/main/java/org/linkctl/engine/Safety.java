package org.linkctl.engine;

import java.time.Duration;
import java.util.Map;

/**
 * How changes are kept from cutting off management access.
 *
 * @param confirmWithin how long a changed host waits for a keepalive before it undoes the change; whole seconds
 * @param lockTimeout how long a run waits for another one that holds a host's lock
 * @param home the folder on the hosts that holds the guard and the records of runs; %h stands for the host's name, for
 *     hosts that share a file system
 * @param about who runs it, from where, with which inventory: recorded on the hosts and shown to those who wait for a
 *     lock
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
