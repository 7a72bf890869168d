package org.linkctl.cli.imported;

import java.util.ArrayList;
import java.util.List;

/** What the user has to be told, in the order in which it was found. */
final class Notes {
    private final List<Note> all = new ArrayList<>();

    void add(String host, String what, String why) {
        Note note = new Note(host, what, why);
        if (!all.contains(note)) all.add(note);
    }

    List<Note> all() {
        return List.copyOf(all);
    }
}
