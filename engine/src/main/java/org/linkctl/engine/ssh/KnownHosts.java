package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Files of host keys, in the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
final class KnownHosts {
    private static final ReentrantLock WRITING = new ReentrantLock();

    /** One line that is about the host in question. Lines of a {@code @cert-authority} are left out. */
    record Entry(Path file, int line, String type, Key key, boolean revoked) {}

    /** A key's blob, compared by content. */
    record Key(String base64) {
        static Key of(byte[] blob) {
            return new Key(Base64.getEncoder().encodeToString(blob));
        }
    }

    private KnownHosts() {}

    /** The lines of all files that are about a host. Files that are not there hold none. */
    static List<Entry> about(String name, List<Path> files) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isRegularFile(file)) continue;
            List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
            for (int i = 0; i < lines.size(); i++) {
                Entry entry = entry(lines.get(i).strip(), name, file, i + 1);
                if (entry != null) entries.add(entry);
            }
        }
        return entries;
    }

    private static @Nullable Entry entry(String line, String name, Path file, int number) {
        if (line.isEmpty() || line.startsWith("#")) return null;
        String[] words = line.split("[ \t]+", -1);
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words.length < first + 3 || words[0].equals("@cert-authority")) return null;
        if (!matches(words[first], name)) return null;
        return new Entry(file, number, words[first + 1], new Key(words[first + 2]), words[0].equals("@revoked"));
    }

    /** Whether a line's first field names the host: hashed, or patterns of which a {@code !} one rules all others out. */
    static boolean matches(String field, String name) {
        if (field.startsWith("|")) return hashed(field, name);
        boolean found = false;
        for (String pattern : field.split(",", -1)) {
            boolean negated = pattern.startsWith("!");
            if (!wildcard(negated ? pattern.substring(1) : pattern, name)) continue;
            if (negated) return false;
            found = true;
        }
        return found;
    }

    private static boolean wildcard(String pattern, String name) {
        StringBuilder regex = new StringBuilder();
        for (char one : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            regex.append(one == '*' ? ".*" : one == '?' ? "." : Pattern.quote(String.valueOf(one)));
        }
        return name.matches(regex.toString());
    }

    /** {@code |1|salt|hash}: HMAC-SHA-1 of the name with the salt as key. */
    private static boolean hashed(String field, String name) {
        String[] parts = field.split("\\|", -1);
        if (parts.length != 4 || !parts[1].equals("1")) return false;
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(parts[2]), "HmacSHA1"));
            byte[] hash = mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (IllegalArgumentException | NoSuchAlgorithmException | InvalidKeyException e) {
            return false;
        }
    }

    /** Adds a key to a file, which is made where it is missing. */
    static void append(Path file, String name, byte[] blob) throws IOException {
        String line = name + " " + PublicKeys.type(blob) + " " + Key.of(blob).base64() + "\n";
        WRITING.lock();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.writeString(file, (endsOpen(file) ? "\n" : "") + line, StandardOpenOption.APPEND);
        } finally {
            WRITING.unlock();
        }
    }

    /** Whether the last line of a file has no end. */
    private static boolean endsOpen(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return false;
        byte[] all = Files.readAllBytes(file);
        return all.length > 0 && all[all.length - 1] != '\n';
    }
}
