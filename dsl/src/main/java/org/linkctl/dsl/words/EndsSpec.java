package org.linkctl.dsl.words;

import java.util.ArrayList;
import java.util.List;

/**
 * The words in the braces of a word that connects hosts: its ends. They have to match each other, so
 * that where one cannot be read, checks of the whole are not reported.
 *
 * @param <E> an end
 */
public abstract class EndsSpec<E> extends Spec {
    private final List<E> ends = new ArrayList<>();

    EndsSpec(InventoryRun run) {
        super(run);
    }

    void add(E end) {
        ends.add(end);
    }

    /** In the order in which they are declared. */
    List<E> ends() {
        return ends;
    }
}
