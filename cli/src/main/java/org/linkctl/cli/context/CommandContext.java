package org.linkctl.cli.context;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.linkctl.cli.io.Terminal;

/**
 * What every command gets.
 *
 * @param part the name of the demo's part that this command is, such as {@code 2/6 apply}; empty: none
 * @param events what a program follows, where the user asked for it
 * @param losses output that could not be written although the command went on: the exit status is an error then
 */
public record CommandContext(
        Terminal terminal, Installation installation, String part, EventOutput events, Queue<String> losses) {
    public CommandContext(Terminal terminal, Installation installation, String part) {
        this(terminal, installation, part, new EventOutput(terminal), new ConcurrentLinkedQueue<>());
    }

    /** Adds a loss; thread-safe. */
    public void reportLoss(String what) {
        losses.add(what);
    }

    /** Output is lost, so the command stops: the user has not seen what it would do. */
    public static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritten(String why) {
            super(why);
        }
    }

    /**
     * Writes to standard output.
     *
     * @throws Unwritten where it cannot be written
     */
    public void print(String text) {
        terminal.out().print(text);
        terminal.lost().ifPresent(why -> {
            throw new Unwritten(why);
        });
    }

    /** Writes the final result to standard output; where it cannot be written, the command's own status counts more. */
    public void conclude(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    public void message(String text) {
        terminal.err().print(text);
        terminal.err().flush();
    }
}
