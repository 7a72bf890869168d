package org.linkctl.cli.command;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.linkctl.cli.Parts;
import org.linkctl.cli.Terminal;

/**
 * What every command is given.
 *
 * @param part of what this is one part, such as {@code 2/6 apply}; empty where it is a command of its own
 * @param losses what was to be written and is not, though the command went on: it did not go well then
 */
public record Session(Terminal terminal, Parts parts, String part, Queue<String> losses) {
    public Session(Terminal terminal, Parts parts, String part) {
        this(terminal, parts, part, new ConcurrentLinkedQueue<>());
    }

    /** From any thread. */
    void lost(String what) {
        losses.add(what);
    }

    /** What a command had to say is lost, so it goes no further: nobody has seen what it would do. */
    public static final class Unwritten extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unwritten(String why) {
            super(why);
        }
    }

    /** @throws Unwritten where nobody gets it */
    void print(String text) {
        terminal.out().print(text);
        terminal.lost().ifPresent(why -> {
            throw new Unwritten(why);
        });
    }

    /** The same of the last thing there is to say: what the command came to counts more. */
    void conclude(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    void tell(String text) {
        terminal.err().print(text);
        terminal.err().flush();
    }
}
