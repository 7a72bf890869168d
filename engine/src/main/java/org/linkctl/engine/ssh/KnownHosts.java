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
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Files of host keys in the format of sshd(8), SSH_KNOWN_HOSTS FILE FORMAT. */
final class KnownHosts {
    private static final ReentrantLock WRITING = new ReentrantLock();

    /** Characters that ssh(1) writes into no such file (sshconnect.c, check_host_key). */
    private static final String UNWRITABLE = "@?*#[]|'\"\\";

    private static final int SALT = 20;

    /** The marker of a line. */
    enum Marker {
        KEY,
        AUTHORITY,
        REVOKED
    }

    /**
     * One line that applies to the host.
     *
     * @param from the file, or the command that printed it
     * @param type of the key, such as {@code ssh-ed25519}
     * @param key in base64
     */
    record Entry(String from, int line, Marker marker, String type, String key) {
        boolean holds(byte[] blob) {
            return key.equals(base64(blob));
        }

        boolean is(Marker wanted) {
            return marker == wanted;
        }

        String place() {
            return from + " line " + line;
        }
    }

    private KnownHosts() {}

    private static String base64(byte[] blob) {
        return Base64.getEncoder().encodeToString(blob);
    }

    /** The lines of all files that apply to a host. Missing files are skipped. */
    static List<Entry> about(String name, List<Path> files) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path file : files) {
            if (Files.isRegularFile(file))
                entries.addAll(about(name, file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
        }
        return entries;
    }

    /** The lines of one text that apply to a host. Malformed lines are skipped, as ssh(1) does. */
    static List<Entry> about(String name, String from, String text) {
        List<Entry> entries = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Entry entry = entry(lines.get(i).strip(), name, from, i + 1);
            if (entry != null) entries.add(entry);
        }
        return entries;
    }

    private static @Nullable Entry entry(String line, String name, String from, int number) {
        if (line.isEmpty() || line.startsWith("#")) return null;
        String[] words = line.split("[ \t]+", -1);
        int first = words[0].startsWith("@") ? 1 : 0;
        if (words.length < first + 3 || !matches(words[first], name)) return null;
        Marker marker = switch (first == 0 ? "" : words[0]) {
            case "" -> Marker.KEY;
            case "@cert-authority" -> Marker.AUTHORITY;
            case "@revoked" -> Marker.REVOKED;
            default -> null;
        };
        if (marker == null) return null;
        try {
            byte[] blob = Base64.getDecoder().decode(words[first + 2]);
            if (!PublicKeys.type(blob).equals(words[first + 1])) return null;
            return new Entry(from, number, marker, words[first + 1], base64(blob));
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Whether a line's first field names the host: a hash, or patterns, of which a matching {@code !} one excludes it.
     */
    static boolean matches(String field, String name) {
        if (field.startsWith("|")) return hashed(field, name);
        boolean found = false;
        for (String pattern : field.split(",", -1)) {
            boolean negated = pattern.startsWith("!");
            if (!wildcard(negated ? pattern.substring(1) : pattern, name, true)) continue;
            if (negated) return false;
            found = true;
        }
        return found;
    }

    /**
     * Matches a pattern (ssh_config(5), PATTERNS), in time proportional to the product of both lengths for any pattern.
     *
     * @param lower the pattern is converted to lower case
     */
    static boolean wildcard(String given, String name, boolean lower) {
        String pattern = lower ? given.toLowerCase(Locale.ROOT) : given;
        int p = 0;
        int n = 0;
        int star = -1;
        int from = 0;
        while (n < name.length()) {
            char one = p < pattern.length() ? pattern.charAt(p) : 0;
            if (one == '*') {
                star = p++;
                from = n;
            } else if (p < pattern.length() && (one == '?' || one == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') p++;
        return p == pattern.length();
    }

    /** {@code |1|salt|hash}: HMAC-SHA-1 of the name with the salt as key. */
    private static boolean hashed(String field, String name) {
        String[] parts = field.split("\\|", -1);
        if (parts.length != 4 || !parts[1].equals("1")) return false;
        try {
            byte[] hash = hash(Base64.getDecoder().decode(parts[2]), name);
            return MessageDigest.isEqual(hash, Base64.getDecoder().decode(parts[3]));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] hash(byte[] salt, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    /** Whether ssh(1) would write a name into a file; in brackets with a port behind too. */
    static boolean writable(String name) {
        String bare = name.startsWith("[") ? name.replaceFirst("^\\[(.*)]:[0-9]+$", "$1") : name;
        return bare.chars().noneMatch(one -> UNWRITABLE.indexOf(one) >= 0);
    }

    /**
     * Adds a key to a file, which is created where it is missing.
     *
     * @param hashes HashKnownHosts: the name is hashed
     */
    static void append(Path file, String name, byte[] blob, boolean hashes) throws IOException {
        String line = (hashes ? hashed(name) : name) + " " + PublicKeys.type(blob) + " " + base64(blob) + "\n";
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

    private static String hashed(String name) {
        byte[] salt = new byte[SALT];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        return "|1|" + base64.encodeToString(salt) + "|" + base64.encodeToString(hash(salt, name));
    }

    /** Whether the last line of a file lacks its newline. */
    private static boolean endsOpen(Path file) throws IOException {
        if (!Files.isRegularFile(file)) return false;
        byte[] all = Files.readAllBytes(file);
        return all.length > 0 && all[all.length - 1] != '\n';
    }
}
