package org.linkctl.cli.context;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import org.linkctl.cli.io.Terminal;

/**
 * The standard output of a command whose events a program follows: a line each, written at once. What has begun and not ended
 * at Ctrl-C is told to have ended, and nothing after it. Thread-safe; events that belong together are written with this
 * object locked.
 */
public final class EventOutput {
    /** A reader that stands still keeps nobody from ending the command. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Deque<Runnable> endings = new ArrayDeque<>();
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
     * Something begins.
     *
     * @param ending writes how it ends if Ctrl-C ends it; what began last ends first
     */
    public synchronized void begin(Runnable ending) {
        endings.push(ending);
    }

    /** What began last has ended by itself. */
    public synchronized void end() {
        endings.poll();
    }

    /** Writes how all that is under way ends, once, and no event after that, whoever calls first. */
    public void interrupt() {
        if (!open) return;
        Thread last = Thread.ofPlatform().daemon().name("linkctl-last-events").start(this::endAll);
        try {
            boolean _ = last.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void endAll() {
        while (!endings.isEmpty()) endings.pop().run();
        open = false;
    }

    /**
     * Writes an event. What cannot be written ends no run: hosts must not be left half changed for it. The exit status tells.
     * Nothing is written after it: what follows a gap, or half a line, would be taken for the whole.
     *
     * @param line its line, by the time at which it is written
     */
    public synchronized void write(UnaryOperator<String> line) {
        if (!open || terminal.lost().isPresent()) return;
        terminal.out()
                .print(line.apply(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
        terminal.out().flush();
    }
}
