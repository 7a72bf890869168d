package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.List;
import org.linkctl.dsl.write.Written;

/** What the user has to be told, in the order in which it was found. */
final class Notes {
    private final List<Note> all = new ArrayList<>();

    void add(String host, String what, String why) {
        Note note = new Note(host, what, why);
        if (!all.contains(note)) all.add(note);
    }

    /** Those since there were so many, as comments. */
    List<Written> since(int before) {
        return all.subList(before, all.size()).stream()
                .<Written>map(note -> new Written.Comment(note.what() + ": " + note.why()))
                .toList();
    }

    int count() {
        return all.size();
    }

    List<Note> all() {
        return List.copyOf(all);
    }
}
