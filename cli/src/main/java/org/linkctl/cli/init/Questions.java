package org.linkctl.cli.init;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.linkctl.cli.context.Failure;
import org.linkctl.cli.io.Terminal;

/**
 * Asks on a terminal until an answer will do. Where there is none, the answers are the lines of the standard input, in the
 * order of the questions, and the first one that will not do ends it.
 */
final class Questions {
    private final Terminal terminal;
    private final boolean interactive;
    private int asked;

    Questions(Terminal terminal) {
        this.terminal = terminal;
        this.interactive = terminal.canAsk();
    }

    /** @param note shown on a terminal alone */
    void note(String note) {
        if (!interactive) return;
        terminal.err().print(note + "\n");
        terminal.err().flush();
    }

    /**
     * Asks one question.
     *
     * @param usual what an empty answer stands for
     * @param check what is wrong with an answer; empty: nothing
     * @throws Failure at the end of the input, or where an answer will not do and nobody can be asked again
     */
    String ask(String question, String usual, Function<String, Optional<String>> check) {
        asked++;
        while (true) {
            @Nullable String line = interactive ? terminal.ask(question + " [" + usual + "]: ") : read();
            if (line == null) throw ended(question, usual);
            String answer = line.isBlank() ? usual : line.strip();
            Optional<String> wrong = check.apply(answer);
            if (wrong.isEmpty()) return answer;
            if (!interactive)
                throw new Failure("init: answer " + asked + ", '" + answer + "', to \"" + question + "\": "
                        + wrong.get() + "\nNothing was written.");
            note("  " + wrong.get().replace("\n", "\n  "));
        }
    }

    private @Nullable String read() {
        try {
            return terminal.in().readLine();
        } catch (java.io.IOException e) {
            return null;
        }
    }

    private Failure ended(String question, String usual) {
        return new Failure(
                "init: the input ended at question " + asked + ", \"" + question + "\" (an empty line: " + usual
                        + ").\nThere is no terminal to ask on, so the answers are the lines of the standard input, in the order of"
                        + " the questions: docs/commands.md.\nNothing was written.");
    }
}
