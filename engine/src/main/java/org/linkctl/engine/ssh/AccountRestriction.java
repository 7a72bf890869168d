package org.linkctl.engine.ssh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.linkctl.engine.Unreachable;
import org.linkctl.engine.script.SafeText;

/** Why an account that accepts a login runs no commands, as far as its output tells. */
final class AccountRestriction {
    private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();

    static {
        kind(
                "password (has )?expired|password change required|(must|required to) change your password"
                        + "|account (has )?expired",
                "has expired there, or its password has");
        // nologin(8), nologin(5): login.conf(5) and /etc/nologin.txt may set another text.
        kind(
                "account is (currently )?(not available|disabled|closed)|nologin|logins? (is|are) (currently"
                        + " )?(disabled|not)|system is (booting up|going down)|not permitted to log ?in",
                "is closed to logins there (nologin)");
        kind("sftp (connections )?only|allows sftp", "is restricted to sftp there (ForceCommand)");
        kind("git-shell|git shell|unrecognized command|only git", "is restricted to git there (git-shell)");
        kind("shell access|restricted (shell|account)|not (provide|allowed).* shell", "gives no shell there");
    }

    private AccountRestriction() {}

    private static void kind(String form, String meaning) {
        KINDS.put(Pattern.compile(form, Pattern.CASE_INSENSITIVE), meaning);
    }

    /** @param before what stands before the message where the cause may be something else */
    static Unreachable unreachable(String user, ScriptRefused refusal, String before) {
        Optional<String> why = explain(user, refusal);
        return why.isEmpty()
                ? new Unreachable(before + refusal.getMessage(), refusal)
                : new Unreachable(
                        Unreachable.Stage.LOGIN,
                        why.get(),
                        refusal,
                        "log in as a user that runs /bin/sh there: ssh: 'USER@...'");
    }

    /** An explanation of one line; empty where the cause may be something else. */
    static Optional<String> explain(String user, ScriptRefused refusal) {
        String came = refusal.received();
        for (Map.Entry<Pattern, String> kind : KINDS.entrySet()) {
            if (kind.getKey().matcher(came).find())
                return Optional.of(
                        "logged in as " + user + ", but the account " + kind.getValue() + ": " + SafeText.end(came));
        }
        return refusal.silent() && refusal.output().status() != null
                ? Optional.of(
                        "logged in as " + user + ", but the account runs no command: it ended at once with status "
                                + refusal.output().status()
                                + " and said nothing (its login shell, or a forced command, does that)")
                : Optional.empty();
    }
}
