package org.linkctl.cli.command;

import org.linkctl.cli.Parts;
import org.linkctl.cli.Terminal;

/** What every command is given. */
public record Session(Terminal terminal, Parts parts) {
    void print(String text) {
        terminal.out().print(text);
        terminal.out().flush();
    }

    void tell(String text) {
        terminal.err().print(text);
        terminal.err().flush();
    }
}
