package org.linkctl.playbook;

import java.util.List;
import java.util.stream.IntStream;
import org.linkctl.diag.Place;

/**
 * One step, with its place among the others.
 *
 * @param number from 1, through the whole playbook
 * @param parts the titles of the parts that it belongs to, the outermost first; none where it belongs to none
 * @param login the user that hosts are logged in to as; empty: as the inventory says
 * @param conditions all of which have to hold, or it is left out; a later one is asked only if those before it hold
 */
public record Task(int number, List<String> parts, String login, Action action, List<Condition> conditions, Place at) {
    private static final String SEPARATOR = ": ";

    public Task {
        parts = List.copyOf(parts);
        conditions = List.copyOf(conditions);
    }

    /** The titles of its parts as one text; empty where it belongs to none. */
    public String title() {
        return String.join(SEPARATOR, parts);
    }

    /** The titles of its parts as lists show them, each behind those around it, the outermost first. */
    public List<String> titles() {
        return IntStream.rangeClosed(1, parts.size())
                .mapToObj(depth -> String.join(SEPARATOR, parts.subList(0, depth)))
                .toList();
    }

    /** Whether it belongs to a part of this title, with those around it or without. */
    public boolean isOf(String title) {
        return parts.contains(title) || titles().contains(title);
    }
}
