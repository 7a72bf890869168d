package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.spi.Change;

/** What differs of a user: the account, its groups, linkctl's part of its keys, and the note of what linkctl made. */
final class UserDiff {
    private UserDiff() {}

    static List<Change> of(UserWant want, UserFacts have) {
        if (!want.gone()) AccountRefusals.refuse(want, have);
        else if (have.note() == null || have.login()) return List.of();
        if (goes(want, have)) AccountRefusals.refuseToRemove(want, have);
        List<Change> out = new ArrayList<>();
        UserNote then = note(want, have);
        String before = have.note() == null ? null : have.note().text(want.name());
        String after = then == null ? null : then.text(want.name());
        if (!Objects.equals(before, after)) out.add(Change.file(UserNote.path(want.name()), before, after));
        String user = "user " + want.name();
        if (have.account() == null && !want.gone()) out.add(Change.state(user, null, want.home()));
        for (String group : joining(want, have)) out.add(Change.state(user + " in group " + group, null, "yes"));
        for (String group : leaving(want, have)) out.add(Change.state(user + " in group " + group, "yes", null));
        OurFiles.diff(out, want.file(), have.text(), keys(want, have));
        if (goes(want, have)) out.add(Change.state(user, want.home(), null));
        return out;
    }

    /** Whether the account is taken away: linkctl made it, and it is there. */
    static boolean goes(UserWant want, UserFacts have) {
        return want.gone()
                && have.account() != null
                && have.note() != null
                && have.note().made();
    }

    private static @Nullable String keys(UserWant want, UserFacts have) {
        boolean same = have.keys().own().equals(want.keys());
        boolean elsewhere = want.gone() && (have.account() == null || !isRegular(want, have));
        return same || elsewhere ? have.text() : have.keys().with(want.keys());
    }

    private static boolean isRegular(UserWant want, UserFacts have) {
        return AccountRefusals.wrongLink(want, have.paths()).isEmpty();
    }

    static Set<String> joining(UserWant want, UserFacts have) {
        Set<String> out = new TreeSet<>(want.groups());
        if (have.account() != null) out.removeAll(have.account().groups());
        return out;
    }

    static Set<String> leaving(UserWant want, UserFacts have) {
        if (have.account() == null || have.note() == null || goes(want, have)) return Set.of();
        Set<String> out = new TreeSet<>(have.note().groups());
        out.removeAll(want.groups());
        out.retainAll(have.account().groups());
        return out;
    }

    static @Nullable UserNote note(UserWant want, UserFacts have) {
        if (want.gone()) return left(want, have);
        UserNote now = have.note() == null ? UserNote.NOTHING : have.note();
        Set<String> groups = new TreeSet<>(now.groups());
        groups.retainAll(want.groups());
        groups.addAll(joining(want, have));
        return new UserNote(now.made() || have.account() == null, groups, null);
    }

    /** Of an account that goes the number is kept as long as its home is there: one of that name that is made again has it again. */
    private static @Nullable UserNote left(UserWant want, UserFacts have) {
        UserNote now = have.note();
        if (!have.paths().isThere(want.home()) || now == null) return null;
        if (goes(want, have) && have.account() != null)
            return new UserNote(false, Set.of(), have.account().uid());
        return have.account() == null && now.left() != null ? now : null;
    }
}
