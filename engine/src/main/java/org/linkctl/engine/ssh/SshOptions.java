package org.linkctl.engine.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What ssh(1) would do for one host: the part of ssh_config(5) that linkctl follows, after all Match and Host blocks.
 *
 * @param hostname the name or address to connect to
 * @param agent the agent's socket; null: none is used
 * @param jumps ProxyJump, the first to connect to first
 * @param proxyCommand with its tokens expanded; null: none
 * @param bindAddress of this machine; null: any
 * @param bindInterface of this machine; null: any
 * @param connectTimeout ConnectTimeout; null: nothing said
 */
record SshOptions(
        String hostname,
        String user,
        int port,
        Family family,
        List<Path> identities,
        boolean identitiesOnly,
        @Nullable Path agent,
        List<String> jumps,
        @Nullable String proxyCommand,
        @Nullable String bindAddress,
        @Nullable String bindInterface,
        @Nullable Duration connectTimeout,
        Offers offers,
        Trust trust) {
    /** AddressFamily. */
    enum Family {
        ANY,
        INET,
        INET6
    }

    /**
     * Names of algorithms that may be used, as {@code ssh -G} prints them: KexAlgorithms, HostKeyAlgorithms, Ciphers, MACs,
     * PubkeyAcceptedAlgorithms. Null: nothing said.
     */
    record Offers(
            @Nullable List<String> keyExchanges,
            @Nullable List<String> hostKeys,
            @Nullable List<String> ciphers,
            @Nullable List<String> macs,
            @Nullable List<String> userKeys) {}

    SshOptions {
        identities = List.copyOf(identities);
        jumps = List.copyOf(jumps);
    }

    /** Names the place in messages. */
    String place() {
        String host = hostname.indexOf(':') >= 0 ? "[" + hostname + "]" : hostname;
        return port == 22 ? host : host + ":" + port;
    }
}
