package org.linkctl.cli.context;

import org.linkctl.cli.io.Terminal;

/** The standard output of a command whose events a program follows: a line each, written at once. Thread-safe. */
public final class EventOutput {
    private final Terminal terminal;
    private volatile boolean open;

    EventOutput(Terminal terminal) {
        this.terminal = terminal;
    }

    /** From now on events are written. */
    public void open() {
        open = true;
    }

    public boolean isOpen() {
        return open;
    }

    /**
     * Writes an event. What cannot be written ends no run: hosts must not be left half changed for it. The exit status tells.
     */
    public synchronized void write(String line) {
        if (!open) return;
        terminal.out().print(line);
        terminal.out().flush();
    }
}
