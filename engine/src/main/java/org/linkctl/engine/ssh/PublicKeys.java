package org.linkctl.engine.ssh;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import net.schmizz.sshj.common.Buffer;

/** Public keys in the form that SSH sends and files (RFC 4253, section 6.6). */
final class PublicKeys {
    private PublicKeys() {}

    static byte[] blob(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }

    /** The first string of a blob: the name of the key's type, such as {@code ssh-ed25519}. */
    static String type(byte[] blob) throws IOException {
        return new Buffer.PlainBuffer(blob).readString();
    }

    /** As {@code ssh-keygen -l} shows it. */
    static String fingerprint(byte[] blob) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
