package org.linkctl.modules.linux;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the files that linkctl makes have in common: a first line that says whose they are. */
final class OurFiles {
    private static final String UNDONE = "; its next run undoes what is changed here by hand.";

    /** A comment in every language that such a file is in; without a line feed. */
    static final String MARK = "# Made by linkctl" + UNDONE;

    private OurFiles() {}

    /** Whether linkctl made a file of this text: the mark stands in its first line, or below that of an interpreter. */
    static boolean isOurs(String text) {
        return text.lines().limit(2).anyMatch(line -> line.startsWith("# Made by linkctl"));
    }

    /** A file's path, where it is there and linkctl did not make it. */
    static Optional<String> foreign(String path, @Nullable String text) {
        return text == null || isOurs(text) ? Optional.empty() : Optional.of(path);
    }

    /** The same where a fabric's files have to be told from those of others. */
    static String mark(String fabric) {
        return "# Made by linkctl for " + fabric + UNDONE;
    }
}
