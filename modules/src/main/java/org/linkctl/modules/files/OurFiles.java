package org.linkctl.modules.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Change;

/** What the files that linkctl makes have in common: a first line that says whose they are. */
public final class OurFiles {
    private static final String UNDONE = "; its next run undoes what is changed here by hand.";

    /** A comment in every language that such a file is in; without a line feed. */
    public static final String MARK = "# Made by linkctl" + UNDONE;

    private OurFiles() {}

    /** Whether linkctl made a file of this text: the mark stands in its first line, or below that of an interpreter. */
    public static boolean isOurs(String text) {
        return text.lines().limit(2).anyMatch(line -> line.startsWith("# Made by linkctl"));
    }

    /** A file's path, where it is there and linkctl did not make it. */
    public static Optional<String> foreign(String path, @Nullable String text) {
        return text == null || isOurs(text) ? Optional.empty() : Optional.of(path);
    }

    /** The same where a fabric's files have to be told from those of others. */
    public static String mark(String fabric) {
        return "# Made by linkctl for " + fabric + UNDONE;
    }

    /**
     * Takes folders away that are empty, in this order; one that is not, or is not there, does no harm. An undo makes them
     * anew with the first file in them.
     */
    public static Step unfold(List<String> folders) {
        List<String> words =
                new ArrayList<>(List.of("sh", "-c", "for folder; do rmdir \"$folder\" 2>/dev/null; done; :", "sh"));
        words.addAll(folders);
        return new Step.Run(new Argv(words), List.of());
    }

    /** Adds the change of such a file, where there is one. */
    public static void diff(List<Change> out, String path, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) out.add(Change.file(path, before, after));
    }
}
