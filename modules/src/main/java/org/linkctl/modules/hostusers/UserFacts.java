package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.modules.hostfiles.PathState;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Question;
import org.linkctl.spi.UnreadableFacts;

/**
 * What was found.
 *
 * @param account null: there is none
 * @param missing groups that the host does not have
 * @param login linkctl's connection is this user's
 * @param ownGroup the number of the group of the user's name; null: there is none
 * @param processes such as {@code 812 bash}; asked only of one that is to go
 */
record UserFacts(
        @Nullable Account account,
        Set<String> missing,
        PathState paths,
        @Nullable String text,
        OwnKeys keys,
        @Nullable UserNote note,
        boolean login,
        @Nullable String ownGroup,
        List<String> processes) {
    UserFacts {
        missing = Set.copyOf(missing);
        processes = List.copyOf(processes);
    }

    static List<Question<?>> questions(UserWant want) {
        List<Question<?>> out = new ArrayList<>(Account.questions(want.name()));
        if (!want.groups().isEmpty()) out.add(want.known());
        out.add(PathState.question(want.system(), want.file()));
        out.add(want.keysFile());
        out.add(UserNote.question(want.name()));
        out.addAll(LoginName.QUESTIONS);
        out.add(want.gone() ? want.processes() : want.ownGroup());
        return out;
    }

    static UserFacts read(UserWant want, Answers answers) {
        String text = answers.to(want.keysFile()).orElse(null);
        return new UserFacts(
                Account.read(want.name(), answers),
                want.groups().isEmpty() ? Set.of() : missing(want, answers.to(want.known())),
                PathState.read(want.system(), want.file(), answers),
                text,
                OwnKeys.read(want.file(), text),
                UserNote.read(want.name(), answers),
                want.named() || LoginName.is(want.name(), answers),
                want.gone() ? null : ownGroup(want, answers),
                want.gone() ? running(answers.to(want.processes())) : List.of());
    }

    /** Of a host that has nothing of the user. */
    static UserFacts bare(UserWant want) {
        PathState paths = PathState.folders("/home/x");
        OwnKeys keys = OwnKeys.read(want.file(), null);
        return new UserFacts(null, Set.of(), paths, null, keys, null, false, null, List.of());
    }

    private static @Nullable String ownGroup(UserWant want, Answers answers) {
        if (answers.to(want.ownGroup()).exit() == 2) return null;
        List<String> fields = List.of(answers.stdout(want.ownGroup()).strip().split(":", -1));
        if (fields.size() != 4
                || !fields.getFirst().equals(want.name())
                || !fields.get(2).matches("[0-9]{1,10}"))
            throw new UnreadableFacts("getent group " + want.name() + ": '" + String.join(":", fields) + "'");
        return fields.get(2);
    }

    private static List<String> running(Answer.Output said) {
        return said.ok() ? said.stdout().lines().toList() : List.of();
    }

    /** getent(1) prints those that there are, and ends with 2 where one is missing. */
    private static Set<String> missing(UserWant want, Answer.Output said) {
        Set<String> out = new TreeSet<>(want.groups());
        for (String line : said.stdout().lines().toList()) {
            String name = line.contains(":") ? line.substring(0, line.indexOf(':')) : "";
            if (!out.remove(name)) throw new UnreadableFacts("getent group: '" + line + "'");
        }
        if (said.exit() != (out.isEmpty() ? 0 : 2))
            throw new UnreadableFacts("getent group ended with " + said.exit() + ": "
                    + said.stderr().strip());
        return out;
    }
}
