package org.linkctl.engine;

import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/** Events of a run, for a display or a log. Called from many threads at once. */
public interface Events {
    Events SILENT = new Events() {};

    default void connecting(Host host) {}

    default void probing(Host host, int questions) {}

    default void planned(Host host, HostPlan plan) {}

    default void step(Host host, Step step, int number, int of) {}

    default void ended(Host host, Outcome outcome) {}

    /** A message that the user has to see, whatever the outcome. */
    default void notice(Host host, String text) {}

    /** Details for {@code -v}: what was sent to a host and what it answered, with secrets already replaced. */
    default void trace(Host host, String text) {}
}
