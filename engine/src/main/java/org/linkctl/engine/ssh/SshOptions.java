package org.linkctl.engine.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ssh(1) would do for one host: the part of ssh_config(5) that linkctl follows, after all Match and Host blocks.
 *
 * @param hostname the name or address to connect to
 * @param keyName the name its key is filed under in known_hosts: HostKeyAlias, {@code name} or {@code [name]:port}
 * @param agent the agent's socket; null: none is used
 * @param jumps ProxyJump, the first to connect to first
 * @param proxyCommand with its tokens expanded; null: none
 * @param accepts StrictHostKeyChecking says that a host without a known key may be accepted
 * @param connectTimeout ConnectTimeout; null: nothing said
 */
record SshOptions(
        String hostname,
        String user,
        int port,
        Family family,
        String keyName,
        List<Path> identities,
        boolean identitiesOnly,
        @Nullable Path agent,
        List<String> jumps,
        @Nullable String proxyCommand,
        List<Path> userKnownHosts,
        List<Path> globalKnownHosts,
        boolean accepts,
        @Nullable Duration connectTimeout) {
    /** AddressFamily. */
    enum Family {
        ANY,
        INET,
        INET6
    }

    SshOptions {
        identities = List.copyOf(identities);
        jumps = List.copyOf(jumps);
        userKnownHosts = List.copyOf(userKnownHosts);
        globalKnownHosts = List.copyOf(globalKnownHosts);
    }

    /** Names the place in messages. */
    String place() {
        String host = hostname.indexOf(':') >= 0 ? "[" + hostname + "]" : hostname;
        return port == 22 ? host : host + ":" + port;
    }
}
