package org.linkctl.engine;

import org.linkctl.model.Host;
import org.linkctl.shell.Step;

/** What happens while it happens, for whoever shows it. Called from many threads at once. */
public interface Events {
    Events SILENT = new Events() {};

    default void connecting(Host host) {}

    default void probing(Host host, int questions) {}

    default void planned(Host host, HostPlan plan) {}

    default void step(Host host, Step step, int number, int of) {}

    default void ended(Host host, Outcome outcome) {}

    /** Something that whoever runs this has to know, whatever comes of the run. */
    default void notice(Host host, String text) {}

    /** For {@code -v}: what was sent or said, with secrets already replaced. */
    default void trace(Host host, String text) {}
}
