package org.linkctl.engine;

import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/** Events of a run, for a display or a log. Called from many threads at once. */
public interface Events {
    Events SILENT = new Events() {};

    default void connecting(Host host) {}

    default void probing(Host host, int questions) {}

    /**
     * What a plan says of a host, as soon as it and those that it shares links with were read, on the thread that plans.
     * {@link Run#plan} says it of all hosts in the end, and holds where that differs: what only the others tell may
     * change it, such as a key that one of them has as well.
     */
    default void known(Host host, Outcome outcome) {}

    /** The same of a check of health. */
    default void known(Host host, Health health) {}

    default void planned(Host host, HostPlan plan) {}

    default void step(Host host, Step step, int number, int of) {}

    /** The steps of an item begin; a host's first one, too. */
    default void itemStarted(Host host, HostPlan.Item item) {}

    /** @param good whether each step did what it had to */
    default void itemEnded(Host host, HostPlan.Item item, boolean good) {}

    /** The host keeps what was changed: it was found to be as declared over a new connection. */
    default void confirmed(Host host) {}

    /** The host is told to undo what was changed. */
    default void rollingBack(Host host, String why) {}

    default void ended(Host host, Outcome outcome) {}

    /** A message that the user has to see, whatever the outcome. */
    default void notice(Host host, String text) {}

    /** Details for {@code -v}: what was sent to a host and what it answered, with secrets already replaced. */
    default void trace(Host host, String text) {}
}
