package org.linkctl.cli.command;

import java.util.Locale;
import org.linkctl.cli.Terminal;

/** Asks before anything is changed. */
final class Consent {
    private Consent() {}

    /**
     * Goes on only after a yes.
     *
     * @param question ends in a question mark
     * @param nothing what is so where the answer is another, such as {@code nothing was changed}
     * @throws Failure where it is, or where there is no terminal to ask on
     */
    static void require(Terminal terminal, String question, String nothing) {
        if (!terminal.canAsk()) {
            throw new Failure("There is no terminal to ask on, so " + nothing + ". Say --yes to go on without asking.");
        }
        String answer = terminal.ask("\n" + question + " [y/N] ");
        String said = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
        if (!said.equals("y") && !said.equals("yes")) {
            throw new Failure(Exit.DECLINED, Character.toUpperCase(nothing.charAt(0)) + nothing.substring(1) + ".");
        }
    }
}
