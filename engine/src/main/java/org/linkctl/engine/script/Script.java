package org.linkctl.engine.script;

import java.util.List;

/**
 * A script for the standard input of {@code /bin/sh -s}. It may hold secrets, so it has no readable form.
 *
 * @param body the whole text, one byte a character (everything beyond ASCII is escaped)
 * @param nonce the random word that starts every frame line of its reply
 * @param files the names of the streams in its reply, in the order in which they are sent: out and err in turn
 */
record Script(String body, String nonce, List<String> files, Limits limits) {
    Script {
        files = List.copyOf(files);
    }

    int commands() {
        return files.size() / 2;
    }

    @Override
    public String toString() {
        return "a script of " + commands() + " commands";
    }
}
