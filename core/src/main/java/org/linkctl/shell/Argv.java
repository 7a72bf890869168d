package org.linkctl.shell;

import java.util.List;
import java.util.stream.Collectors;

/** A command as words. Nothing takes a command line, so nothing can be split, expanded or injected. */
public record Argv(List<String> words) {
    public Argv {
        words = List.copyOf(words);
        if (words.isEmpty()) throw new IllegalArgumentException("a command needs at least one word");
        for (String word : words) {
            if (word.indexOf('\0') >= 0) throw new IllegalArgumentException("a word of a command holds a NUL");
        }
    }

    public static Argv of(String... words) {
        return new Argv(List.of(words));
    }

    /** POSIX sh text that runs exactly these words (XCU 2.2.2: everything between single quotes is literal). */
    public String render() {
        return words.stream().map(Argv::quote).collect(Collectors.joining(" "));
    }

    /** One word, as sh text. */
    public static String quote(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public String toString() {
        return render();
    }
}
