package org.linkctl.engine.ssh;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which hosts the files of ssh_config(5) treat alike: those for which the same patterns of {@code Host} lines hold. Only where
 * nothing else in the files looks at the host; whether what they say does, {@link SshConfig} sees in the answers.
 */
final class SshConfigFiles {
    /** Looks at the host in another way, or at what is outside of the files. */
    private static final Set<String> BY_HOST = Set.of(
            "match",
            "hostname",
            "canonicalizehostname",
            "canonicaldomains",
            "canonicalizemaxdots",
            "canonicalizefallbacklocal",
            "canonicalizepermittedcnames");

    /** Where ssh(1) of Linux and FreeBSD, and of FreeBSD's ports, has the system's: one that it does not read does no harm here. */
    private static final List<Path> SYSTEM =
            List.of(Path.of("/etc/ssh/ssh_config"), Path.of("/usr/local/etc/ssh/ssh_config"));

    private static final Pattern PLAIN_HOST = Pattern.compile("[a-z0-9._:-]+");
    private static final Pattern LINE = Pattern.compile("\\s*([A-Za-z0-9]+)(?:\\s*=\\s*|\\s+)(.*)");
    private static final Pattern INCLUDED = Pattern.compile("(?:~/|/)?[A-Za-z0-9_./-]*[*]?[A-Za-z0-9_.-]*");
    private static final int DEEPEST = 16;

    private final Path home;
    private final List<String> patterns = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private SshConfigFiles(Path home) {
        this.home = home;
    }

    /**
     * Reads them all.
     *
     * @param file as {@code ssh -F} takes it; null: the user's own and the system's
     * @return empty where they may treat each host in its own way
     */
    static Optional<SshConfigFiles> read(@Nullable Path file, Path home) {
        SshConfigFiles files = new SshConfigFiles(home);
        Path own = home.resolve(".ssh");
        try {
            if (file != null) return files.takes(file, own, 0) ? Optional.of(files) : Optional.empty();
            boolean alike = files.takes(own.resolve("config"), own, 0);
            for (Path system : SYSTEM) alike &= files.takes(system, system.resolveSibling("."), 0);
            return alike ? Optional.of(files) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // ssh(1) says what is wrong with them, for each host.
        }
    }

    /** Which patterns hold for a host; empty where the files speak of it by its name, or its name is written unusually. */
    Optional<String> kind(String host) {
        if (!PLAIN_HOST.matcher(host).matches() || text.indexOf(host) >= 0) return Optional.empty();
        return Optional.of(patterns.stream()
                .map(pattern -> matches(pattern, host) ? "1" : "0")
                .collect(Collectors.joining()));
    }

    private boolean takes(Path file, Path folder, int depth) throws IOException {
        if (!Files.exists(file)) return true;
        if (!Files.isRegularFile(file) || depth > DEEPEST) return false;
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String line : content.lines().toList()) {
            if (!line.isBlank() && !line.strip().startsWith("#") && !takes(line, folder, depth)) return false;
        }
        return true;
    }

    private boolean takes(String line, Path folder, int depth) throws IOException {
        var parts = LINE.matcher(line);
        if (!parts.matches()) return false;
        String keyword = parts.group(1).toLowerCase(Locale.ROOT);
        List<String> words = List.of(parts.group(2).strip().split("\\s+"));
        if (keyword.equals("controlpath")) return true; // linkctl shares no connection of ssh(1)
        if (BY_HOST.contains(keyword) || line.contains("%C")) return false;
        text.append(line).append('\n');
        if (keyword.equals("host")) {
            patterns.addAll(words);
            return !line.contains("\"");
        }
        if (!keyword.equals("include")) return true;
        for (String word : words) if (!includes(word, folder, depth)) return false;
        return true;
    }

    private boolean includes(String word, Path folder, int depth) throws IOException {
        if (!INCLUDED.matcher(word).matches()) return false;
        Path path = folder.resolve(word.startsWith("~/") ? home + word.substring(1) : word);
        Path name = path.getFileName();
        Path parent = path.getParent();
        if (name == null || parent == null || parent.toString().contains("*")) return false;
        if (!name.toString().contains("*")) return takes(path, folder, depth + 1);
        if (!Files.isDirectory(parent)) return true;
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, name.toString())) {
            for (Path one : found) if (!takes(one, folder, depth + 1)) return false;
        }
        return true;
    }

    /** A pattern of ssh_config(5), PATTERNS: {@code *} and {@code ?}, perhaps with {@code !} before it. */
    static boolean matches(String pattern, String host) {
        String positive = pattern.startsWith("!") ? pattern.substring(1) : pattern;
        String expression = positive.toLowerCase(Locale.ROOT)
                .chars()
                .mapToObj(one -> one == '*' ? ".*" : one == '?' ? "." : Pattern.quote(Character.toString(one)))
                .collect(Collectors.joining());
        return host.matches(expression);
    }
}
