package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key for public key authentication (RFC 4252, section 7). */
interface Identity {
    /** Its name in messages: a path, or the agent's comment. Never the key. */
    String name();

    /** The public key (RFC 4253, section 6.6). */
    byte[] blob();

    /** Whether a passphrase is needed before {@link #sign} works. */
    boolean locked();

    /** Asks for the passphrase where needed; not while a server's login time runs. */
    void unlock() throws IOException;

    /**
     * Signs.
     *
     * @param algorithm a name of the SSH protocol, such as {@code rsa-sha2-512}
     * @return a signature as SSH sends it: the algorithm and the bytes, each with its length
     */
    byte[] sign(String algorithm, byte[] data) throws IOException;

    /**
     * The signature algorithm for this key: for RSA always SHA-2 (RFC 8332), for others the only one they have.
     *
     * @param allowed PubkeyAcceptedAlgorithms; null: all
     * @return empty where that allows none
     */
    default Optional<String> algorithm(@Nullable List<String> allowed) throws IOException {
        String type = PublicKeys.type(blob());
        List<String> ways = switch (type) {
            case "ssh-rsa" -> List.of("rsa-sha2-512", "rsa-sha2-256");
            case "ssh-rsa-cert-v01@openssh.com" ->
                List.of("rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com");
            default -> List.of(type);
        };
        return ways.stream()
                .filter(way -> allowed == null || allowed.contains(way))
                .findFirst();
    }
}
