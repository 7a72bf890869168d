package org.linkctl.engine.ssh;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What sudo(8), sudo-rs and doas(1) mean by what they say. Each line is taken by itself: warnings, a lecture and the words
 * of PAM modules stand before and between what counts. The tools are run with LC_ALL=C, so that it is English.
 */
final class ToolWords {
    /** What is to be done next. */
    enum Meaning {
        MISSING,
        /** It would take a password. */
        ASKS,
        /** It did not take that password. */
        WRONG,
        /** No password helps. */
        REFUSED,
        UNCLEAR
    }

    private static final int NOT_FOUND = 127;

    private static final Pattern ASKS = line(
            "password is required",
            "(authentication|authorization) (is )?required",
            "^(\\[sudo].*|doas.*)?password[^:]*:\\s*$");

    private static final Pattern WRONG = line(
            "incorrect (password|authentication)",
            "try again",
            "no password was provided",
            "(authentication|authorization) (failed|failure|error)");

    private static final Pattern REFUSED = line(
            "not in the sudoers",
            "not allowed to",
            "may not run",
            "a tty\\b",
            "terminal is required",
            "^doas: .*not permitted",
            "no new privileges",
            "effective uid is not 0",
            "must be owned by uid 0",
            "not installed setuid",
            "(account|password) (has |is )?expired",
            "password change required");

    private ToolWords() {}

    private static Pattern line(String... forms) {
        return Pattern.compile(String.join("|", forms), Pattern.CASE_INSENSITIVE);
    }

    /** Of a tool that must ask nothing. */
    static Meaning unasked(String tool, RootShell.Words words) {
        Pattern missing = line(
                "\\b" + tool + "['’”\"]?: (command )?not found",
                "\\b" + tool + "['’”\"]?: no such file",
                "not found: " + tool + "\\b",
                "unknown command:? ['\"]?" + tool + "\\b");
        if (words.ended(NOT_FOUND) || has(words, missing)) return Meaning.MISSING;
        if (has(words, ASKS)) return Meaning.ASKS;
        return has(words, REFUSED) ? Meaning.REFUSED : Meaning.UNCLEAR;
    }

    /** Of a tool that got a password. */
    static Meaning answered(RootShell.Words words) {
        if (has(words, WRONG)) return Meaning.WRONG;
        return has(words, REFUSED) ? Meaning.REFUSED : Meaning.UNCLEAR;
    }

    private static boolean has(RootShell.Words words, Pattern wanted) {
        return List.of(words.text().split(" \\| ", -1)).stream()
                .anyMatch(line -> wanted.matcher(line).find());
    }
}
