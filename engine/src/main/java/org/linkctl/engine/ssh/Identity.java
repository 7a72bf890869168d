package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A key by which this machine can prove who it is. */
interface Identity {
    /** As messages name it: a path or what the agent calls it. Never the key. */
    String name();

    /** The public key (RFC 4253, section 6.6). */
    byte[] blob();

    /** Whether somebody has to be asked for a passphrase before {@link #sign} can work. */
    boolean locked();

    /** Asks for the passphrase where that is needed; not within the time that a server gives to a login. */
    void unlock() throws IOException;

    /**
     * Signs.
     *
     * @param algorithm a name of the SSH protocol, such as {@code rsa-sha2-512}
     * @return a signature as SSH sends it: the algorithm and the bytes, each with its length
     */
    byte[] sign(String algorithm, byte[] data) throws IOException;

    /**
     * How signatures of this key are made: RSA keys never by SHA-1 (RFC 8332), all others by the one way they have.
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
