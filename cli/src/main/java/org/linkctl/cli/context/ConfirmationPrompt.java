package org.linkctl.cli.context;

import java.util.Locale;
import org.linkctl.cli.io.Terminal;

/** Asks the user before anything is changed. */
public final class ConfirmationPrompt {
    private ConfirmationPrompt() {}

    /**
     * Returns only after a yes.
     *
     * @param question ends in a question mark
     * @param nothing what holds after another answer, such as {@code nothing was changed}
     * @throws Failure after another answer, or where there is no terminal to ask on
     */
    public static void require(Terminal terminal, String question, String nothing) {
        if (!terminal.canAsk()) {
            throw new Failure("There is no terminal to ask on, so " + nothing + ". Say --yes to go on without asking.");
        }
        String answer = terminal.ask("\n" + question + " [y/N] ");
        String said = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
        if (!said.equals("y") && !said.equals("yes")) {
            throw new Failure(
                    ExitStatus.DECLINED, Character.toUpperCase(nothing.charAt(0)) + nothing.substring(1) + ".");
        }
    }
}
