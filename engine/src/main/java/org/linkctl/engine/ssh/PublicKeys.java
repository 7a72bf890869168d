package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import net.schmizz.sshj.common.Buffer;

/** Public keys in the format of RFC 4253, section 6.6. */
final class PublicKeys {
    private PublicKeys() {}

    static byte[] blob(PublicKey key) {
        return new Buffer.PlainBuffer().putPublicKey(key).getCompactData();
    }

    /** The key in a {@code .pub} file: type, base64, comment. Empty where there is none, or it is malformed. */
    static Optional<byte[]> read(Path file) {
        if (!Files.isRegularFile(file)) return Optional.empty();
        try {
            String[] words =
                    Files.readString(file, StandardCharsets.ISO_8859_1).strip().split("\\s+", -1);
            if (words.length < 2) return Optional.empty();
            byte[] blob = Base64.getDecoder().decode(words[1]);
            return type(blob).equals(words[0]) ? Optional.of(blob) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first string of a blob: the name of the key's type, such as {@code ssh-ed25519}. */
    static String type(byte[] blob) throws IOException {
        return new Buffer.PlainBuffer(blob).readString();
    }

    /** Whether the private half is in a FIDO token (OpenSSH, PROTOCOL.u2f). */
    static boolean ofToken(byte[] blob) {
        try {
            return type(blob).startsWith("sk-");
        } catch (IOException e) {
            return false;
        }
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
