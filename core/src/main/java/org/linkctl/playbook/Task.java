package org.linkctl.playbook;

import java.util.List;
import org.linkctl.diag.Place;

/**
 * One step, with its place among the others.
 *
 * @param number from 1, through the whole playbook
 * @param title of the part that it belongs to; empty where it belongs to none
 * @param login the user that hosts are logged in to as; empty: as the inventory says
 * @param conditions all of which have to hold, or it is left out; a later one is asked only if those before it hold
 */
public record Task(int number, String title, String login, Action action, List<Condition> conditions, Place at) {
    public Task {
        conditions = List.copyOf(conditions);
    }
}
