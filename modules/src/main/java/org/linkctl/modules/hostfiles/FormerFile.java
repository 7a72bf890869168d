package org.linkctl.modules.hostfiles;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What was at a path before linkctl wrote a file there, as the host notes it; the text of a file is kept beside the note.
 *
 * @param access of the file that was there, such as {@code 0644 root:root}; null: there was none
 * @param folders that were missing, the innermost first
 * @param secret the text that linkctl has put there is a secret, and is shown to nobody
 * @param keptSecret so may be the text that is kept, as long as it is
 */
record FormerFile(@Nullable String access, List<String> folders, boolean secret, boolean keptSecret) {
    private static final String FOLDER = "/var/lib/linkctl/kept/";
    private static final String NOTHING = "nothing";
    private static final String WAS = "file ";
    private static final String MISSING = "folder ";
    private static final String SECRET = "secret";
    private static final String KEPT_SECRET = "kept secret";
    private static final Pattern ACCESS = Pattern.compile("[0-7]{4} \\S+:\\S+");

    FormerFile {
        folders = List.copyOf(folders);
    }

    /** The text of the file that was there. No path of a declared file has that sign. */
    static String kept(String path) {
        return FOLDER + path.substring(1).replace('/', '=');
    }

    static String note(String path) {
        return kept(path) + "=was";
    }

    static Question.ReadFile question(String path) {
        return Question.file(note(path));
    }

    static @Nullable FormerFile read(String path, Answers answers) {
        Optional<String> text = answers.to(question(path));
        if (text.isEmpty()) return null;
        List<String> lines = text.get().lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst();
        boolean nothing = first.equals(NOTHING);
        boolean file = first.startsWith(WAS)
                && ACCESS.matcher(first.substring(WAS.length())).matches();
        List<String> folders = new ArrayList<>();
        boolean secret = false;
        boolean keptSecret = false;
        for (String line : lines.stream().skip(1).toList()) {
            secret |= line.equals(SECRET);
            keptSecret |= line.equals(KEPT_SECRET);
            if (line.equals(SECRET) || line.equals(KEPT_SECRET)) continue;
            String folder = line.startsWith(MISSING) ? line.substring(MISSING.length()) : "";
            if (!path.startsWith(folder + "/") || folder.isEmpty()) throw unreadable(path, line);
            folders.add(folder);
        }
        if (!nothing && !file) throw unreadable(path, first);
        return new FormerFile(file ? first.substring(WAS.length()) : null, folders, secret, keptSecret);
    }

    private static UnreadableFacts unreadable(String path, String line) {
        return new UnreadableFacts(note(path) + ": '" + line + "': what was at " + path
                + " before linkctl cannot be told; right would be '" + NOTHING + "' or '" + WAS + "0644 root:root'");
    }

    /** What is there now, before linkctl's first change. */
    static FormerFile of(String path, PathState found, boolean secret) {
        String access = found.at(path).map(PathState.Entry::access).orElse(null);
        List<String> missing = PathState.parts(path).stream()
                .filter(part -> !part.equals(path) && found.at(part).isEmpty())
                .toList();
        return new FormerFile(access, missing.reversed(), secret, secret && access != null);
    }

    /** The same with a text of linkctl's that is a secret, or is none: of what is kept nothing is known better by that. */
    FormerFile with(boolean isSecret) {
        boolean hidden = keptSecret || (access != null && (secret || isSecret));
        return new FormerFile(access, folders, isSecret, hidden);
    }

    String text() {
        StringBuilder out = new StringBuilder(access == null ? NOTHING : WAS + access).append('\n');
        for (String folder : folders) out.append(MISSING).append(folder).append('\n');
        if (secret) out.append(SECRET).append('\n');
        if (keptSecret) out.append(KEPT_SECRET).append('\n');
        return out.toString();
    }
}
