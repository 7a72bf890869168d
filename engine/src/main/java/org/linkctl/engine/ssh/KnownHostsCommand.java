package org.linkctl.engine.ssh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** KnownHostsCommand of ssh_config(5): a program of the user that prints known_hosts lines; run without a shell. */
final class KnownHostsCommand {
    private static final int SECONDS = 30;

    private final List<String> words;
    private final Tokens tokens;

    KnownHostsCommand(String command, Tokens tokens) {
        this.words = split(command);
        this.tokens = tokens;
        if (words.isEmpty()) throw new IllegalArgumentException("KnownHostsCommand has no command");
    }

    /**
     * @param reason ORDER, HOSTNAME or ADDRESS
     * @param key that the server presented; null: none yet
     * @throws IOException where the command fails
     */
    List<KnownHosts.Entry> about(String name, String reason, @Nullable HostKey key) throws IOException {
        byte[] blob = key == null ? new byte[0] : key.blob();
        Tokens mine = tokens.with(Map.of(
                'H', name,
                'I', reason,
                't', key == null ? "NONE" : PublicKeys.type(blob),
                'f', key == null ? "NONE" : PublicKeys.fingerprint(blob),
                'K', key == null ? "NONE" : Base64.getEncoder().encodeToString(blob)));
        List<String> argv = new ArrayList<>(List.of(words.getFirst()));
        for (String word : words.subList(1, words.size())) argv.add(mine.expand(word));
        LocalProgram.Answer said = LocalProgram.run(argv, SECONDS);
        if (said.status() != 0)
            throw new IOException("KnownHostsCommand " + words.getFirst() + " ended with status " + said.status()
                    + (said.errors().isEmpty() ? "" : ": " + said.errors()));
        return KnownHosts.about(name, "KnownHostsCommand " + words.getFirst(), said.output());
    }

    /** Splits as argv_split of OpenSSH's misc.c: at blanks, with quotes, and a backslash that escapes. */
    static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char one = command.charAt(i);
            char next = i + 1 < command.length() ? command.charAt(i + 1) : 0;
            if (quote == 0 && (one == ' ' || one == '\t')) {
                if (word != null) words.add(word.toString());
                word = null;
                continue;
            }
            if (word == null) word = new StringBuilder();
            if (one == '\\' && (next == '\'' || next == '"' || next == '\\' || (quote == 0 && next == ' '))) {
                word.append(next);
                i++;
            } else if (quote == 0 && (one == '"' || one == '\'')) {
                quote = one;
            } else if (quote != 0 && one == quote) {
                quote = 0;
            } else {
                word.append(one);
            }
        }
        if (quote != 0) throw new IllegalArgumentException("a quote has no end: " + command);
        if (word != null) words.add(word.toString());
        return words;
    }
}
