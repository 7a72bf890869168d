package org.linkctl.engine.ssh;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Interprets the messages of sudo(8), sudo-rs and doas(1). Each line is read by itself: warnings, a lecture and PAM
 * messages may stand before and between. The tools run with LC_ALL=C, so that they speak English.
 */
final class EscalationMessages {
    /** What a message means. */
    enum Meaning {
        MISSING,
        /** It asks for a password. */
        ASKS,
        /** It rejected the password. */
        WRONG,
        /** It refuses whatever the password. */
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

    private EscalationMessages() {}

    private static Pattern line(String... forms) {
        return Pattern.compile(String.join("|", forms), Pattern.CASE_INSENSITIVE);
    }

    /** The answer of a tool that was called so that it must not ask. */
    static Meaning withoutPassword(String tool, ProgramOutput output) {
        Pattern missing = line(
                "\\b" + tool + "['’”\"]?: (command )?not found",
                "\\b" + tool + "['’”\"]?: no such file",
                "not found: " + tool + "\\b",
                "unknown command:? ['\"]?" + tool + "\\b");
        if (output.exitedWith(NOT_FOUND) || has(output, missing)) return Meaning.MISSING;
        if (has(output, ASKS)) return Meaning.ASKS;
        return has(output, REFUSED) ? Meaning.REFUSED : Meaning.UNCLEAR;
    }

    /** The answer of a tool that got a password. */
    static Meaning withPassword(ProgramOutput output) {
        if (has(output, WRONG)) return Meaning.WRONG;
        return has(output, REFUSED) ? Meaning.REFUSED : Meaning.UNCLEAR;
    }

    private static boolean has(ProgramOutput output, Pattern wanted) {
        return List.of(output.text().split(" \\| ", -1)).stream()
                .anyMatch(line -> wanted.matcher(line).find());
    }
}
