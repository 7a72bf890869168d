package org.linkctl.modules.hostusers;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.linkctl.model.HostUser;
import org.linkctl.model.Os;
import org.linkctl.modules.declared.DeclaredNeeds;
import org.linkctl.modules.files.OurFiles;
import org.linkctl.modules.hostfiles.PathState;
import org.linkctl.shell.Argv;
import org.linkctl.shell.Step;
import org.linkctl.spi.Answer;
import org.linkctl.spi.Answers;
import org.linkctl.spi.Change;
import org.linkctl.spi.Memory;
import org.linkctl.spi.Owned;
import org.linkctl.spi.Question;
import org.linkctl.spi.Remembered;
import org.linkctl.spi.Rendered;
import org.linkctl.spi.Resource;
import org.linkctl.spi.Scope;
import org.linkctl.spi.UnreadableFacts;

/**
 * Users that are declared for hosts of one system: the account, its groups, and linkctl's part of its authorized keys. Nothing
 * that others gave the user is taken away.
 */
public abstract class UserModule
        implements Remembered<UserModule.Want, UserModule.Facts>, Rendered<UserModule.Want, UserModule.Facts> {
    private final Os system;

    protected UserModule(Os system) {
        this.system = system;
    }

    /**
     * A user.
     *
     * @param named the inventory names this one as the login
     * @param gone what linkctl made of it shall be gone
     */
    public record Want(
            Os system,
            String name,
            List<String> keys,
            Set<String> groups,
            boolean named,
            boolean gone,
            Set<String> needs)
            implements Resource {
        public Want {
            keys = List.copyOf(keys);
            groups = Set.copyOf(groups);
            needs = Set.copyOf(needs);
        }

        @Override
        public String id() {
            return (system == Os.LINUX ? "linux" : "freebsd") + ".user[" + name + "]";
        }

        @Override
        public Set<String> provides() {
            return Set.of(DeclaredNeeds.user(name));
        }

        String home() {
            return "/home/" + name;
        }

        String folder() {
            return home() + "/.ssh";
        }

        String file() {
            return folder() + "/authorized_keys";
        }

        Question.ReadFile keysFile() {
            return Question.file(file());
        }

        /** The group that an account of this name would have. */
        Question.Command ownGroup() {
            return Question.command("getent", "group", name);
        }

        /** pgrep(1) ends with 1 where there is no process, and with 2 or 127 where it cannot tell: then userdel(8) does. */
        Question.Command processes() {
            return Question.command("pgrep", "-l", "-u", name);
        }

        Question.Command known() {
            List<String> words = new ArrayList<>(List.of("getent", "group"));
            words.addAll(new TreeSet<>(groups));
            return Question.command(words);
        }
    }

    /**
     * What was found.
     *
     * @param account null: there is none
     * @param missing groups that the host does not have
     * @param login linkctl's connection is this user's
     * @param ownGroup the number of the group of the user's name; null: there is none
     * @param processes such as {@code 812 bash}; asked only of one that is to go
     */
    public record Facts(
            @Nullable Account account,
            Set<String> missing,
            PathState paths,
            @Nullable String text,
            OwnKeys keys,
            @Nullable UserNote note,
            boolean login,
            @Nullable String ownGroup,
            List<String> processes) {
        public Facts {
            missing = Set.copyOf(missing);
            processes = List.copyOf(processes);
        }
    }

    /** Who became root: sudo(8) and doas(1) tell. ssh_config(5) may have chosen the name, and not the inventory. */
    private static final List<Question.Command> LOGIN =
            List.of(Question.command("printenv", "SUDO_USER"), Question.command("printenv", "DOAS_USER"));

    /**
     * What makes an account with its home, and locked but for keys.
     *
     * @param number null: the next that is free
     * @param ownGroup there is a group of that name
     */
    protected abstract Argv make(String name, String home, @Nullable String number, boolean ownGroup);

    protected abstract Argv makeGroup(String name, String number);

    /** @param withHome its home goes, too */
    protected abstract Argv remove(String name, boolean withHome);

    protected abstract Argv join(String name, String group);

    protected abstract Argv leave(String name, String group);

    @Override
    public final Os system() {
        return system;
    }

    @Override
    public final List<Want> want(Scope scope) {
        return scope.fabric().of(HostUser.class, scope.host()).stream()
                .map(user -> new Want(
                        system,
                        user.name(),
                        user.keys(),
                        new LinkedHashSet<>(user.groups()),
                        isNamed(scope, user.name()),
                        false,
                        DeclaredNeeds.packages(scope)))
                .toList();
    }

    private static boolean isNamed(Scope scope, String name) {
        return name.equals(scope.host().ssh().user());
    }

    @Override
    public final List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(Account.questions(want.name()));
        if (!want.groups().isEmpty()) out.add(want.known());
        out.add(PathState.question(system, want.file()));
        out.add(want.keysFile());
        out.add(UserNote.question(want.name()));
        out.addAll(LOGIN);
        out.add(want.gone() ? want.processes() : want.ownGroup());
        return out;
    }

    @Override
    public final Facts facts(Want want, Answers answers) {
        String text = answers.to(want.keysFile()).orElse(null);
        return new Facts(
                Account.read(want.name(), answers),
                want.groups().isEmpty() ? Set.of() : missing(want, answers.to(want.known())),
                PathState.read(system, want.file(), answers),
                text,
                OwnKeys.read(want.file(), text),
                UserNote.read(want.name(), answers),
                want.named() || isLogin(want.name(), answers),
                want.gone() ? null : ownGroup(want, answers),
                want.gone() ? running(answers.to(want.processes())) : List.of());
    }

    private static boolean isLogin(String name, Answers answers) {
        return LOGIN.stream()
                .anyMatch(question -> answers.to(question).stdout().strip().equals(name));
    }

    private static @Nullable String ownGroup(Want want, Answers answers) {
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
    private static Set<String> missing(Want want, Answer.Output said) {
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

    @Override
    public final Facts bare(Want want) {
        PathState paths = PathState.folders("/home/x");
        return new Facts(null, Set.of(), paths, null, OwnKeys.read(want.file(), null), null, false, null, List.of());
    }

    @Override
    public final List<Change> diff(Want want, Facts have) {
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
    private static boolean goes(Want want, Facts have) {
        return want.gone()
                && have.account() != null
                && have.note() != null
                && have.note().made();
    }

    private static @Nullable String keys(Want want, Facts have) {
        boolean same = have.keys().own().equals(want.keys());
        boolean elsewhere = want.gone() && (have.account() == null || !isRegular(want, have));
        return same || elsewhere ? have.text() : have.keys().with(want.keys());
    }

    private static boolean isRegular(Want want, Facts have) {
        return AccountRefusals.wrongLink(want, have.paths()).isEmpty();
    }

    private static Set<String> joining(Want want, Facts have) {
        Set<String> out = new TreeSet<>(want.groups());
        if (have.account() != null) out.removeAll(have.account().groups());
        return out;
    }

    static Set<String> leaving(Want want, Facts have) {
        if (have.account() == null || have.note() == null || goes(want, have)) return Set.of();
        Set<String> out = new TreeSet<>(have.note().groups());
        out.removeAll(want.groups());
        out.retainAll(have.account().groups());
        return out;
    }

    private static @Nullable UserNote note(Want want, Facts have) {
        if (want.gone()) return left(want, have);
        UserNote now = have.note() == null ? UserNote.NOTHING : have.note();
        Set<String> groups = new TreeSet<>(now.groups());
        groups.retainAll(want.groups());
        groups.addAll(joining(want, have));
        return new UserNote(now.made() || have.account() == null, groups, null);
    }

    /** Of an account that goes the number is kept as long as its home is there: one of that name that is made again has it again. */
    private static @Nullable UserNote left(Want want, Facts have) {
        UserNote now = have.note();
        if (!have.paths().isThere(want.home()) || now == null) return null;
        if (goes(want, have) && have.account() != null)
            return new UserNote(false, Set.of(), have.account().uid());
        return have.account() == null && now.left() != null ? now : null;
    }

    @Override
    public final List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.isEmpty()) return out;
        String note = UserNote.path(want.name());
        UserNote then = note(want, have);
        boolean noted = changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, note));
        Set<String> leaving = leaving(want, have);
        if (noted && then != null && !want.gone()) {
            Set<String> all = new TreeSet<>(then.groups());
            all.addAll(leaving);
            out.add(Step.put(note, "0600", new UserNote(then.made(), all, null).text(want.name())));
        }
        if (!want.gone()) {
            if (have.account() == null) out.add(making(want, have));
            for (String group : joining(want, have))
                out.add(Step.run(join(want.name(), group), leave(want.name(), group)));
        }
        for (String group : leaving) out.add(Step.run(leave(want.name(), group), join(want.name(), group)));
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, want.file())))
            out.add(KeysAsUser.step(
                    system, want.name(), want.file(), want.keys(), have.keys().own()));
        if (goes(want, have)) out.addAll(SavedAccounts.around(system, want.name(), remove(want.name(), false)));
        if (noted && then == null) out.add(new Step.RemoveFile(note));
        else if (then != null && (!leaving.isEmpty() || (noted && want.gone())))
            out.add(Step.put(note, "0600", then.text(want.name())));
        return out;
    }

    /** With an account its group goes, if nobody else is in it (userdel(8), USERGROUPS_ENAB; pw(8)): be it one that was there. */
    private Step making(Want want, Facts have) {
        String left = have.note() == null ? null : have.note().left();
        boolean home = !have.paths().isThere(want.home());
        Argv make = make(want.name(), want.home(), left, have.ownGroup() != null);
        Argv remove = remove(want.name(), home);
        if (have.ownGroup() == null) return Step.run(make, remove);
        List<String> again = new ArrayList<>(
                List.of("sh", "-c", "getent group \"$1\" >/dev/null && exit; shift; exec \"$@\"", "sh", want.name()));
        again.addAll(makeGroup(want.name(), have.ownGroup()).words());
        return Step.run(make, remove, new Argv(again));
    }

    @Override
    public final Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.gone() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    /** Whom linkctl logs in as stays; that it is another name than the inventory's the host tells. */
    @Override
    public final Optional<Want> absent(Scope scope, Owned owned) {
        if (isNamed(scope, owned.name())) return Optional.empty();
        return Optional.of(new Want(system, owned.name(), List.of(), Set.of(), false, true, Set.of()));
    }

    @Override
    public final List<String> adopts(Want want, Facts have) {
        return have.account() != null && have.note() == null ? List.of("user " + want.name()) : List.of();
    }
}
