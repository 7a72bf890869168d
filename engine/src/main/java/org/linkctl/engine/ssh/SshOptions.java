package org.linkctl.engine.ssh;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of ssh_config(5) for one host that linkctl follows, after all Match and Host blocks.
 *
 * @param hostname the name or address to connect to
 * @param certificates CertificateFile
 * @param tokenLibrary PKCS11Provider, which linkctl leaves to the agent; null: none
 * @param agent the agent's socket; null: none
 * @param jumps ProxyJump, in the order of connecting
 * @param proxyCommand with its tokens expanded; null: none
 * @param bindAddress the local address; null: any
 * @param bindInterface the local interface; null: any
 * @param connectTimeout ConnectTimeout; null: not set
 */
record SshOptions(
        String hostname,
        String user,
        int port,
        Family family,
        List<Path> identities,
        List<Path> certificates,
        @Nullable String tokenLibrary,
        boolean identitiesOnly,
        @Nullable Path agent,
        List<String> jumps,
        @Nullable String proxyCommand,
        @Nullable String bindAddress,
        @Nullable String bindInterface,
        @Nullable Duration connectTimeout,
        Offers offers,
        HostKeyPolicy policy) {
    /** AddressFamily. */
    enum Family {
        ANY,
        INET,
        INET6
    }

    /**
     * Algorithm names that are allowed, as {@code ssh -G} prints them: KexAlgorithms, HostKeyAlgorithms, Ciphers, MACs,
     * PubkeyAcceptedAlgorithms. Null: not set.
     */
    record Offers(
            @Nullable List<String> keyExchanges,
            @Nullable List<String> hostKeys,
            @Nullable List<String> ciphers,
            @Nullable List<String> macs,
            @Nullable List<String> userKeys) {}

    SshOptions {
        identities = List.copyOf(identities);
        certificates = List.copyOf(certificates);
        jumps = List.copyOf(jumps);
    }

    /** Host and port for messages. */
    String place() {
        String host = hostname.indexOf(':') >= 0 ? "[" + hostname + "]" : hostname;
        return port == 22 ? host : host + ":" + port;
    }
}
