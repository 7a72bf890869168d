package org.linkctl.cli.context;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
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
     *
     * @param line its line, by the time at which it is written
     */
    public synchronized void write(UnaryOperator<String> line) {
        if (!open) return;
        terminal.out()
                .print(line.apply(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
        terminal.out().flush();
    }
}
