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
import org.linkctl.spi.Refused;
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
     * @param login the inventory has linkctl log in as this one
     * @param gone what linkctl made of it shall be gone
     */
    public record Want(
            Os system,
            String name,
            List<String> keys,
            Set<String> groups,
            boolean login,
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
     */
    public record Facts(
            @Nullable Account account,
            Set<String> missing,
            PathState paths,
            @Nullable String text,
            OwnKeys keys,
            @Nullable UserNote note) {}

    /** What makes an account with its home, and locked but for keys. */
    protected abstract Argv make(String name, String home);

    /** @param withHome its home goes, too */
    protected abstract Argv remove(String name, boolean withHome);

    /** What makes an account again as it was, in a group of its name. */
    protected abstract List<Argv> makeAgain(String name, Account account);

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
                        isLogin(scope, user.name()),
                        false,
                        DeclaredNeeds.packages(scope)))
                .toList();
    }

    private static boolean isLogin(Scope scope, String name) {
        return name.equals(scope.host().ssh().user());
    }

    @Override
    public final List<Question<?>> probe(Want want) {
        List<Question<?>> out = new ArrayList<>(Account.questions(want.name()));
        if (!want.groups().isEmpty()) out.add(want.known());
        out.add(PathState.question(system, want.file()));
        out.add(want.keysFile());
        out.add(UserNote.question(want.name()));
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
                UserNote.read(want.name(), answers));
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
        return new Facts(null, Set.of(), paths, null, OwnKeys.read(want.file(), null), null);
    }

    @Override
    public final List<Change> diff(Want want, Facts have) {
        if (!want.gone()) refuse(want, have);
        else if (have.note() == null) return List.of();
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
        boolean elsewhere = want.gone() && !isRegular(want, have);
        return same || elsewhere ? have.text() : have.keys().with(want.keys());
    }

    private static boolean isRegular(Want want, Facts have) {
        return wrongLink(want, have.paths()).isEmpty();
    }

    private static Set<String> joining(Want want, Facts have) {
        Set<String> out = new TreeSet<>(want.groups());
        if (have.account() != null) out.removeAll(have.account().groups());
        return out;
    }

    private static Set<String> leaving(Want want, Facts have) {
        if (have.account() == null || have.note() == null || goes(want, have)) return Set.of();
        Set<String> out = new TreeSet<>(have.note().groups());
        out.removeAll(want.groups());
        out.retainAll(have.account().groups());
        return out;
    }

    private static @Nullable UserNote note(Want want, Facts have) {
        if (want.gone()) return null;
        UserNote now = have.note() == null ? UserNote.NOTHING : have.note();
        Set<String> groups = new TreeSet<>(now.groups());
        groups.retainAll(want.groups());
        groups.addAll(joining(want, have));
        return new UserNote(now.made() || have.account() == null, groups);
    }

    private static void refuse(Want want, Facts have) {
        if (!have.missing().isEmpty()) {
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
        if (!want.login() || account == null) return;
        if (!leaving(want, have).isEmpty()) {
            throw new Refused("linkctl logs in as " + want.name() + ", and would leave the group "
                    + String.join(", ", leaving(want, have)) + ": declare it, or have it left by another login");
        }
        if (!have.keys().leavesAny(want.keys())) {
            throw new Refused(
                    "linkctl logs in as " + want.name() + ", who would have no key left: declare one in keys:");
        }
    }

    /** The home is the user's, who might have a link lead root elsewhere. */
    private static Optional<String> wrongLink(Want want, PathState paths) {
        for (String folder : List.of(want.home(), want.folder())) {
            if (paths.isThere(folder) && !paths.isFolder(folder)) return Optional.of(folder);
        }
        return paths.isThere(want.file()) && !paths.isFile(want.file()) ? Optional.of(want.file()) : Optional.empty();
    }

    @Override
    public final List<Step> steps(Want want, Facts have, List<Change> changes) {
        List<Step> out = new ArrayList<>();
        if (changes.isEmpty()) return out;
        String note = UserNote.path(want.name());
        UserNote then = note(want, have);
        boolean noted = changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, note));
        Set<String> leaving = leaving(want, have);
        if (noted && then != null) {
            Set<String> all = new TreeSet<>(then.groups());
            all.addAll(leaving);
            out.add(Step.put(note, "0600", new UserNote(then.made(), all).text(want.name())));
        }
        if (have.account() == null && !want.gone()) {
            boolean home = !have.paths().isThere(want.home());
            out.add(Step.run(make(want.name(), want.home()), remove(want.name(), home)));
        }
        for (String group : joining(want, have)) {
            if (!want.gone()) out.add(Step.run(join(want.name(), group), leave(want.name(), group)));
        }
        for (String group : leaving) out.add(Step.run(leave(want.name(), group), join(want.name(), group)));
        if (changes.stream().anyMatch(change -> change.is(Change.Kind.FILE, want.file())))
            out.addAll(keySteps(want, have));
        if (goes(want, have) && have.account() != null)
            out.add(new Step.Run(remove(want.name(), false), makeAgain(want.name(), have.account())));
        if (noted && then == null) out.add(new Step.RemoveFile(note));
        else if (then != null && !leaving.isEmpty()) out.add(Step.put(note, "0600", then.text(want.name())));
        return out;
    }

    /** sshd(8) takes no keys that others than the user may have written (sshd_config(5), StrictModes). */
    private static List<Step> keySteps(Want want, Facts have) {
        List<Step> out = new ArrayList<>();
        String text = keys(want, have);
        String group = have.account() == null ? want.name() : have.account().gid();
        if (text == null) {
            out.add(new Step.RemoveFile(want.file()));
            out.add(OurFiles.unfold(List.of(want.folder())));
            return out;
        }
        if (!have.paths().isThere(want.folder()))
            out.add(Step.run("install", "-d", "-m", "0700", "-o", want.name(), "-g", group, want.folder()));
        out.add(Step.put(want.file(), "0600", text));
        out.add(Step.run("chown", "-h", want.name() + ":" + group, want.file()));
        return out;
    }

    @Override
    public final Optional<Memory> memory(Want want, Facts have, Optional<Memory> before) {
        return want.gone() ? Optional.empty() : Optional.of(Memory.OWNED);
    }

    /** Whom linkctl logs in as stays. */
    @Override
    public final Optional<Want> absent(Scope scope, Owned owned) {
        if (isLogin(scope, owned.name())) return Optional.empty();
        return Optional.of(new Want(system, owned.name(), List.of(), Set.of(), false, true, Set.of()));
    }

    @Override
    public final List<String> adopts(Want want, Facts have) {
        return have.account() != null && have.note() == null ? List.of("user " + want.name()) : List.of();
    }
}
