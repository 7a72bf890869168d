package org.linkctl.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.linkctl.diag.Place;

/**
 * Who may log in to a host by SSH, and how (sshd_config(5)). What is not said stays as it is there.
 *
 * @param passwordLogin null: as it is
 * @param rootLogin null: as it is
 * @param allowUsers nobody else logs in; empty: as it is
 * @param allowGroups nobody logs in who is in none of them; empty: as it is
 * @param maxAuthTries null: as it is
 */
public record HostSshd(
        String host,
        @Nullable Boolean passwordLogin,
        @Nullable RootLogin rootLogin,
        List<String> allowUsers,
        List<String> allowGroups,
        @Nullable Integer maxAuthTries,
        Place at)
        implements HostIntent {
    /** Whether root logs in, and how. */
    public enum RootLogin {
        NO,
        /** By keys alone. */
        KEYS
    }

    /** Both have the id 0; toor is FreeBSD's (passwd(5)). */
    private static final Set<String> ROOT = Set.of("root", "toor");

    /** useradd(8), CAVEATS; pw(8). Patterns and users at certain hosts are not taken: whom they let in is not plain. */
    private static final Pattern ACCOUNT = Pattern.compile("[a-z_][a-z0-9_-]{0,30}");

    /** With fewer a login that offers a second key of its agent fails. */
    private static final int FEWEST_TRIES = 2;

    private static final int MOST_TRIES = 20;

    public HostSshd {
        allowUsers = List.copyOf(allowUsers);
        allowGroups = List.copyOf(allowGroups);
    }

    @Override
    public String subject() {
        return "sshd";
    }

    /** Whether it keeps a user out, whatever groups that one is in. */
    public boolean keepsOut(String user) {
        return (rootLogin == RootLogin.NO && ROOT.contains(user))
                || (!allowUsers.isEmpty() && !allowUsers.contains(user));
    }

    @Override
    public List<Wrong> wrong() {
        List<Wrong> out = new ArrayList<>();
        names(allowUsers, "allowUsers", "is no name of a user", out);
        names(allowGroups, "allowGroups", "is no name of a group", out);
        if (maxAuthTries != null && (maxAuthTries < FEWEST_TRIES || maxAuthTries > MOST_TRIES)) {
            String right = "from " + FEWEST_TRIES + " to " + MOST_TRIES;
            out.add(new Wrong("maxAuthTries", maxAuthTries.toString(), "is out of range", right));
        }
        return out;
    }

    private static void names(List<String> names, String attribute, String why, List<Wrong> out) {
        Set<String> seen = new HashSet<>();
        String right = "small letters, digits, _ and -, 31 at most, the first no digit; no patterns";
        for (String name : names) {
            if (!ACCOUNT.matcher(name).matches()) out.add(new Wrong(attribute, name, why, right));
            else if (!seen.add(name)) out.add(new Wrong(attribute, name, "is named twice", "each once"));
        }
    }
}
