package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.linkctl.model.Os;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What is at a path, and at the folders that it lies in; symbolic links are not followed.
 *
 * @param byPath what is there, the outermost folder first
 */
public record PathState(Map<String, Entry> byPath) {
    /** Kinds of files, as st_mode tells them (inode(7), stat(2)). */
    public enum Kind {
        FILE,
        FOLDER,
        LINK,
        OTHER
    }

    /** @param access such as {@code 0644 root:root} */
    public record Entry(Kind kind, String access) {
        public String owner() {
            return access.substring(access.indexOf(' ') + 1, access.indexOf(':'));
        }

        /** Whether root alone makes and removes what is in a folder: nobody else leads root astray there by a link. */
        public boolean isRoots() {
            String group = access.substring(access.indexOf(':') + 1);
            int mode = Integer.parseInt(access.substring(0, access.indexOf(' ')), 8);
            int others = group.equals("root") || group.equals("wheel") ? WRITE_OTHERS : WRITE_OTHERS | WRITE_GROUP;
            return owner().equals("root") && (mode & others) == 0;
        }
    }

    private static final int WRITE_GROUP = 020;
    private static final int WRITE_OTHERS = 002;

    private static final int TYPE = 0170000;
    private static final int FOLDER = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int PERMISSIONS = 07777;

    private static final Pattern LINE =
            Pattern.compile("(?<mode>[0-9a-f]{1,8}) (?<owner>[A-Za-z0-9_.$-]+:[A-Za-z0-9_.$-]+) (?<path>/.*)");

    public PathState {
        byPath = Map.copyOf(byPath);
    }

    /** The folders that a path lies in, and nothing at the path. */
    public static PathState folders(String path) {
        Map<String, Entry> out = new HashMap<>();
        for (String part : parts(path)) if (!part.equals(path)) out.put(part, new Entry(Kind.FOLDER, "0755 root:root"));
        return new PathState(out);
    }

    /** The path and the folders that it lies in, the outermost first, without {@code /}. */
    static List<String> parts(String path) {
        List<String> out = new ArrayList<>();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            out.add(path.substring(0, slash));
        }
        out.add(path);
        return out;
    }

    /** stat(1) of coreutils prints the mode in hexadecimal digits (%f), FreeBSD's in octal ones (%p). */
    public static Question.Command question(Os system, String path) {
        List<String> words = new ArrayList<>(List.of("stat"));
        words.addAll(system == Os.LINUX ? List.of("-c", "%f %U:%G %n") : List.of("-f", "%p %Su:%Sg %N"));
        words.addAll(parts(path));
        return Question.command(words);
    }

    /** @throws UnreadableFacts where what is not printed is not said to be missing */
    public static PathState read(Os system, String path, Answers answers) {
        Answer.Output said = answers.to(question(system, path));
        List<String> parts = parts(path);
        Map<String, Entry> out = new HashMap<>();
        for (String line : said.stdout().lines().toList()) {
            Matcher match = LINE.matcher(line);
            if (!match.matches() || !parts.contains(match.group("path")))
                throw new UnreadableFacts("stat " + path + ": '" + line + "'");
            out.put(match.group("path"), entry(system, match));
        }
        boolean whole = out.size() == parts.size();
        long missing = said.stderr()
                .lines()
                .filter(line -> line.contains("No such file or directory") || line.contains("Not a directory"))
                .count();
        if (said.ok() != whole || (!whole && missing != parts.size() - out.size())) {
            throw new UnreadableFacts("stat " + path + " ended with " + said.exit() + ": "
                    + said.stderr().strip());
        }
        return new PathState(out);
    }

    private static Entry entry(Os system, Matcher match) {
        int mode;
        try {
            mode = Integer.parseInt(match.group("mode"), system == Os.LINUX ? 16 : 8);
        } catch (NumberFormatException e) {
            throw new UnreadableFacts("stat: no mode: '" + match.group() + "'");
        }
        Kind kind = switch (mode & TYPE) {
            case FILE -> Kind.FILE;
            case FOLDER -> Kind.FOLDER;
            case LINK -> Kind.LINK;
            default -> Kind.OTHER;
        };
        return new Entry(kind, String.format("%04o", mode & PERMISSIONS) + " " + match.group("owner"));
    }

    public Optional<Entry> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    public boolean isFile(String path) {
        return at(path).filter(entry -> entry.kind() == Kind.FILE).isPresent();
    }

    public boolean isFolder(String path) {
        return at(path).filter(entry -> entry.kind() == Kind.FOLDER).isPresent();
    }

    public boolean isThere(String path) {
        return at(path).isPresent();
    }
}
