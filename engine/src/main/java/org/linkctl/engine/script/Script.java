package org.linkctl.engine.script;

import java.nio.charset.StandardCharsets;

/**
 * A script for the standard input of a root shell. It may hold secrets, so toString shows nothing of it.
 *
 * @param body the whole text, one byte a character (all beyond ASCII is escaped)
 * @param word the random word that starts every frame line of its reply
 */
record Script(String body, String word, Limits limits) {
    byte[] bytes() {
        return body.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return "a script";
    }
}
