package org.linkctl.modules.hostusers;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.linkctl.modules.hostfiles.PathState;
import org.linkctl.spi.Refused;

/** What a host has of a user that linkctl does not touch, and what would lock out whoever logs in. */
final class AccountRefusals {
    /** stat(1) of coreutils so names an owner that no account has. */
    private static final String NOBODY = "UNKNOWN";

    private AccountRefusals() {}

    static void refuse(UserWant want, UserFacts have) {
        // A package that is declared may bring the group.
        if (!have.missing().isEmpty() && want.needs().isEmpty()) {
            throw new Refused("the host has no group " + String.join(", ", new TreeSet<>(have.missing()))
                    + ", for user " + want.name());
        }
        Account account = have.account();
        if (account != null && !account.home().equals(want.home())) {
            throw new Refused("user " + want.name() + " has the home " + account.home()
                    + " there: linkctl keeps keys of" + " users in " + want.home() + " alone");
        }
        wrongLink(want, have.paths()).ifPresent(path -> {
            throw new Refused(path + " is a symbolic link or of another kind than it has to be: remove it there");
        });
        home(want, have);
        if (have.login() && account != null) login(want, have);
    }

    private static void home(UserWant want, UserFacts have) {
        PathState.Entry home = have.paths().at(want.home()).orElse(null);
        Account account = have.account();
        if (home == null) {
            if (account != null && !want.keys().isEmpty())
                throw new Refused("user " + want.name() + " has no folder " + want.home() + " there: make it, "
                        + want.name() + "'s own");
            return;
        }
        String left = have.note() == null ? null : have.note().left();
        boolean same = account != null
                ? home.owner().equals(want.name())
                : left != null && (home.owner().equals(NOBODY) || home.owner().equals(left));
        if (!same)
            throw new Refused(want.home() + " belongs to " + home.owner() + " there, not to " + want.name()
                    + ": give it another owner or another name");
    }

    private static void login(UserWant want, UserFacts have) {
        if (!UserDiff.leaving(want, have).isEmpty()) {
            throw new Refused("linkctl logs in as " + want.name() + ", and would leave the group "
                    + String.join(", ", UserDiff.leaving(want, have))
                    + ": declare it, or have it left by another login");
        }
        OwnKeys keys = have.keys();
        if (keys.leavesAny(keys.own()) && !keys.leavesAny(want.keys())) {
            throw new Refused(
                    "linkctl logs in as " + want.name() + ", who would have no key left: declare one in keys:");
        }
    }

    /** userdel(8) ends with 8 where the user has a process. */
    static void refuseToRemove(UserWant want, UserFacts have) {
        if (have.processes().isEmpty()) return;
        int shown = Math.min(3, have.processes().size());
        String more = have.processes().size() > shown ? ", …" : "";
        throw new Refused("user " + want.name() + " is no longer declared, but has processes ("
                + String.join(", ", have.processes().subList(0, shown)) + more + "): end them, and apply again");
    }

    /** The home is the user's, who might have a link lead elsewhere. */
    static Optional<String> wrongLink(UserWant want, PathState paths) {
        for (String folder : List.of(want.home(), want.folder())) {
            if (paths.isThere(folder) && !paths.isFolder(folder)) return Optional.of(folder);
        }
        return paths.isThere(want.file()) && !paths.isFile(want.file()) ? Optional.of(want.file()) : Optional.empty();
    }
}
