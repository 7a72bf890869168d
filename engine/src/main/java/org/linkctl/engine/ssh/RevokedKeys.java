package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RevokedHostKeys of ssh_config(5): a file of public keys, one a line, or a key revocation list. A file that cannot be
 * read whole refuses every host.
 */
final class RevokedKeys {
    private RevokedKeys() {}

    /** Why a key is refused, on one line; null where no file revokes it. */
    static @Nullable String refusal(HostKey key, List<Path> files) throws IOException {
        for (Path file : files) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                boolean revoked = Krl.isKrl(bytes) ? Krl.revokes(bytes, key) : listed(bytes, key);
                if (revoked)
                    return "its host key " + key.description() + " is REVOKED by " + file + " (RevokedHostKeys)";
            } catch (IOException e) {
                String why = e instanceof NoSuchFileException ? "no such file" : String.valueOf(e.getMessage());
                return "whether its host key is revoked cannot be told: RevokedHostKeys " + file + ": " + why;
            }
        }
        return null;
    }

    private static boolean listed(byte[] bytes, HostKey key) throws IOException {
        List<String> lines = new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .map(String::strip)
                .toList();
        boolean found = false;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty() || line.startsWith("#")) continue;
            try {
                byte[] blob = plain(line);
                found |= key.blobs().stream().anyMatch(one -> Arrays.equals(one, blob));
            } catch (IOException | IllegalArgumentException e) {
                throw new IOException("line " + (i + 1) + " is not a public key", e);
            }
        }
        return found;
    }

    /** Type, base64, comment. A key of an unknown type is compared as it stands. */
    private static byte[] plain(String line) throws IOException {
        String[] words = line.split("\\s+", -1);
        if (words.length < 2) throw new IOException("too short");
        byte[] blob = Base64.getDecoder().decode(words[1]);
        if (!PublicKeys.type(blob).equals(words[0])) throw new IOException("of another type than it says");
        return words[0].contains("-cert-") ? HostKey.of(blob).blob() : blob;
    }
}
