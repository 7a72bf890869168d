package org.linkctl.engine.ssh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.engine.script.Said;

/** Why an account that could be logged in to runs no commands, as far as it can be told from what came instead. */
final class Account {
    private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();

    static {
        kind(
                "password (has )?expired|password change required|(must|required to) change your password"
                        + "|account (has )?expired",
                "has expired there, or its password has");
        // nologin(8), nologin(5): the text of login.conf(5) and /etc/nologin.txt may be another.
        kind(
                "account is (currently )?(not available|disabled|closed)|nologin|logins? (is|are) (currently )?(disabled|not)"
                        + "|system is (booting up|going down)|not permitted to log ?in",
                "is closed to logins there (nologin)");
        kind("sftp (connections )?only|allows sftp", "is restricted to sftp there (ForceCommand)");
        kind("git-shell|git shell|unrecognized command|only git", "is restricted to git there (git-shell)");
        kind("shell access|restricted (shell|account)|not (provide|allowed).* shell", "gives no shell there");
    }

    private Account() {}

    private static void kind(String form, String meaning) {
        KINDS.put(Pattern.compile(form, Pattern.CASE_INSENSITIVE), meaning);
    }

    /** A sentence about it, one line; empty where it may be something else. */
    static Optional<String> closed(String user, RootShell.Refusal refusal) {
        String came = refusal.came();
        for (Map.Entry<Pattern, String> kind : KINDS.entrySet()) {
            if (kind.getKey().matcher(came).find())
                return Optional.of(
                        "logged in as " + user + ", but the account " + kind.getValue() + ": " + Said.end(came));
        }
        return refusal.wordless() && refusal.words().status() != null
                ? Optional.of(
                        "logged in as " + user + ", but the account runs no command: it ended at once with status "
                                + refusal.words().status()
                                + " and said nothing (its login shell, or a forced command, does that)")
                : Optional.empty();
    }
}
